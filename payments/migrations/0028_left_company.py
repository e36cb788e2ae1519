"""A payee whose account at a company was lost is paid another way."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0027_tips_regained"),
    ]

    operations = [
        migrations.AddField(
            model_name="payee",
            name="left",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The company whose account was lost.",
                max_length=20,
            ),
            preserve_default=False,
        ),
    ]
