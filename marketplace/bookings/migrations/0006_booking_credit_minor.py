"""Keep what a customer's credits pay of a booking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0005_pay_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="credit_minor",
            field=models.BigIntegerField(default=0, help_text="What the customer's credits pay."),
        ),
    ]
