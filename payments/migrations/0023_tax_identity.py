"""How a tax office knows each worker."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0022_hold_note"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="TaxIdentity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("country", models.CharField(max_length=2)),
                ("sealed", models.BinaryField(help_text="The number.")),
                ("shown", models.CharField(help_text="As people see it.", max_length=20)),
                ("profile", models.CharField(max_length=10)),
                ("given_at", models.DateTimeField(default=kernel.clock.now)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_default=kernel.isolation.CurrentTenant(),
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "member"), name="tax_identity_once"),
                    models.CheckConstraint(
                        condition=models.Q(("profile__in", ("person", "registered", "company"))),
                        name="tax_profile_known",
                    ),
                ],
            },
        ),
    ]
