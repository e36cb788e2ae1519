"""Which form of a service was asked for, and how many of what is counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0006_booking_credit_minor"),
    ]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="units",
            field=models.PositiveSmallIntegerField(
                help_text="How many of what is counted.", null=True
            ),
        ),
        migrations.AddField(
            model_name="quote",
            name="variant_id",
            field=models.UUIDField(
                help_text="Which form of the service, if it has any.", null=True
            ),
        ),
    ]
