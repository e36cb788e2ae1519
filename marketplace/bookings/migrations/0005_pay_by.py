"""How long a booking's time is kept for its payment, which may take longer than a card's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0004_pay_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="pay_by",
            field=models.DateTimeField(help_text="Until then the time is kept unpaid.", null=True),
        ),
    ]
