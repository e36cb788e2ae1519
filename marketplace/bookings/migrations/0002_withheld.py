"""Taxes kept back of what a worker earns, frozen with the price."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="withheld",
            field=models.JSONField(default=list, help_text="Taxes kept back of the worker's part."),
        ),
        migrations.AddField(
            model_name="quote",
            name="withheld",
            field=models.JSONField(default=list, help_text="Taxes kept back of the worker's part."),
        ),
    ]
