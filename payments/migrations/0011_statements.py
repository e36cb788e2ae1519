"""Monthly statements, and which line of the ledger is in which."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0010_who_waits"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "owner_id",
                    models.UUIDField(help_text="A member, or zeros: the business itself."),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("currency", models.CharField(max_length=3)),
                ("language", models.CharField(max_length=5)),
                ("sums", models.JSONField(help_text="Opening and closing of each account.")),
                ("pdf", models.BinaryField()),
                ("csv", models.BinaryField()),
                ("pdf_sha256", models.CharField(max_length=64)),
                ("csv_sha256", models.CharField(max_length=64)),
                ("issued_at", models.DateTimeField(default=kernel.clock.now)),
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
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("entry_id", models.UUIDField()),
                ("seq", models.SmallIntegerField()),
                ("account", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=30)),
                ("ref", models.CharField(max_length=255)),
                (
                    "amount_minor",
                    models.BigIntegerField(help_text="Positive where the account grows."),
                ),
                ("at", models.DateTimeField()),
                (
                    "adjustment",
                    models.BooleanField(help_text="It belongs to a month that was closed before."),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="payments.statement",
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
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("tenant", "owner_id", "month", "currency"), name="one_statement_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                fields=("tenant", "entry_id", "seq"), name="posting_in_one_statement"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                fields=("tenant", "statement", "position"), name="statement_place_once"
            ),
        ),
    ]
