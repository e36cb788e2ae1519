"""A circle of an area has a point and a radius: the database asks for both."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0007_approval_areas_imports"),
        ("tenancy", "0011_recovery"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="areapart",
            name="area_part_is_whole",
        ),
        migrations.AddConstraint(
            model_name="areapart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "circle"),
                        ("latitude__isnull", False),
                        ("latitude__range", (-90, 90)),
                        ("longitude__isnull", False),
                        ("longitude__range", (-180, 180)),
                        ("postal_code", ""),
                        ("radius_km__isnull", False),
                        ("radius_km__range", (1, 100)),
                        ("zone__isnull", True),
                    ),
                    models.Q(
                        ("kind", "zone"),
                        ("postal_code", ""),
                        ("radius_km__isnull", True),
                        ("zone__isnull", False),
                    ),
                    models.Q(
                        ("kind", "postal"),
                        ("radius_km__isnull", True),
                        ("zone__isnull", True),
                        models.Q(("postal_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="area_part_is_whole",
            ),
        ),
    ]
