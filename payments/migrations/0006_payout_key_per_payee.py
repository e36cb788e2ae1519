"""Let each worker choose keys without minding anybody else's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0005_tenant_of_object"),
        ("tenancy", "0005_api_keys_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payout",
            name="payout_key_once",
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.UniqueConstraint(
                fields=["tenant", "payee", "key"], name="payout_key_once"
            ),
        ),
    ]
