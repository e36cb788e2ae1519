"""Cards that customers let us keep, for tips after the visit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0014_controls"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="customer_ref",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="payment",
            name="keep_card",
            field=models.BooleanField(default=False, help_text="The payer lets us keep the card."),
        ),
        migrations.AddField(
            model_name="payment",
            name="method_ref",
            field=models.CharField(
                blank=True, help_text="Of the card that was kept.", max_length=80
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="off_session",
            field=models.BooleanField(default=False, help_text="Taken without the payer at hand."),
        ),
    ]
