"""A search knows the average that people see, instead of what it was made of."""

from django.db import migrations, models

FORWARD = """
update matching_searchrow r set rating = w.rating from catalog_worker w where w.id = r.worker_id
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_calendar_functions"), ("catalog", "0003_rating_shown")]
    operations = [
        migrations.RemoveField(model_name="searchrow", name="rating_count"),
        migrations.RemoveField(model_name="searchrow", name="rating_sum"),
        migrations.AddField(
            model_name="searchrow",
            name="rating",
            field=models.FloatField(help_text="The average that people see.", null=True),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
