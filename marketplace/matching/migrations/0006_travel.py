"""The way to a customer may be kept free."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0005_lanes_and_absence"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicetimes",
            name="travel",
            field=models.BooleanField(
                default=False, help_text="Keep the way there and back free, by the distance."
            ),
        ),
    ]
