"""Remember disputes, and let the books undo a lost one that was won on appeal."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation
from kernel.roles import LEDGER

# What a lost dispute may make needless, and what an appeal gives back.
RULES = [
    ("dispute.lost", "refund_payable", 1),
    ("dispute.reinstated", "dispute_withheld", 1),
    *(
        ("dispute.reinstated", account, -1)
        for account in (
            "customer_deposit",
            "refund_payable",
            "worker_available",
            "worker_receivable",
            "platform_fee",
            "tax_payable",
            "chargeback_loss",
        )
    ),
    ("tip.regained", "dispute_withheld", 1),
    ("tip.regained", "tip_held", -1),
    ("tip.regained", "chargeback_loss", -1),
]


def _rules() -> list[str]:
    rows = ", ".join(f"('{kind}', '{account}', {side}, false)" for kind, account, side in RULES)
    return [
        f"set local role {LEDGER}",
        f"insert into ledger.entry_rule values {rows}",
        "reset role",
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0015_kept_cards"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(default="dispute", max_length=7)),
                ("provider_ref", models.CharField(max_length=80)),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("fee_minor", models.BigIntegerField(default=0)),
                (
                    "cause",
                    models.CharField(
                        blank=True, help_text="In the provider's word.", max_length=40
                    ),
                ),
                ("state", models.CharField(max_length=9)),
                (
                    "booked",
                    models.BooleanField(default=False, help_text="The money was taken from us."),
                ),
                (
                    "rounds",
                    models.PositiveSmallIntegerField(default=0, help_text="How often it was lost."),
                ),
                ("fault", models.CharField(default="none", max_length=8)),
                ("finding", models.CharField(blank=True, max_length=1000)),
                ("evidence", models.TextField(blank=True, max_length=15000)),
                ("evidence_asked_at", models.DateTimeField(null=True)),
                ("evidence_sent_at", models.DateTimeField(null=True)),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="Until when the bank takes evidence.", null=True
                    ),
                ),
                ("opened_at", models.DateTimeField(default=kernel.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
                ("deposit_minor", models.BigIntegerField(default=0)),
                (
                    "refund_minor",
                    models.BigIntegerField(default=0, help_text="Refunds that it made needless."),
                ),
                (
                    "held_minor",
                    models.BigIntegerField(
                        default=0, help_text="From what rested of the worker's."
                    ),
                ),
                ("owed_minor", models.BigIntegerField(default=0)),
                ("platform_minor", models.BigIntegerField(default=0)),
                ("tax_minor", models.BigIntegerField(default=0)),
                ("loss_minor", models.BigIntegerField(default=0)),
                ("tip_held_minor", models.BigIntegerField(default=0)),
                ("tip_loss_minor", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="tip",
            name="tip_state_known",
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("held", "earned", "returned", "lost"))),
                name="tip_state_known",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="payments.payment",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="tenant",
            field=models.ForeignKey(
                db_default=kernel.isolation.CurrentTenant(),
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["tenant", "payment"], name="dispute_of_payment"),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("tenant", "provider_ref"), name="disputed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ("dispute", "warning"))), name="dispute_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("warned", "open", "submitted", "won", "lost", "closed"))
                ),
                name="dispute_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("fault__in", ("worker", "customer", "platform", "none"))),
                name="dispute_fault_known",
            ),
        ),
        migrations.RunSQL(
            _rules(),
            [
                f"set local role {LEDGER}",
                "delete from ledger.entry_rule"
                " where kind in ('dispute.reinstated', 'tip.regained')",
                "delete from ledger.entry_rule"
                " where kind = 'dispute.lost' and account_kind = 'refund_payable'",
                "reset role",
            ],
        ),
    ]
