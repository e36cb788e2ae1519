"""Workers keep the average that people see. Those rated before begin with the usual mean, 4.5."""

from django.db import migrations, models

FORWARD = """
update catalog_worker
set rating = round(((10 * 4.5 + rating_sum) / (10 + rating_count))::numeric, 2)
where rating_count > 0
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_words")]
    operations = [
        migrations.AddField(
            model_name="worker",
            name="rating",
            field=models.FloatField(
                blank=True, help_text="The average that people see.", null=True
            ),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
