"""Through which door a price was asked for, so that asking again gives the same price."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0002_withheld"),
    ]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="source",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Through which door it was asked for.",
                max_length=30,
            ),
        ),
    ]
