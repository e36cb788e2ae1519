"""Let credits be spent, disputes be accepted, taxes go back, and books be corrected by two."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0028_left_company"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("debit", models.CharField(help_text="The account that gets it.", max_length=20)),
                ("credit", models.CharField(help_text="The account that gives it.", max_length=20)),
                ("reason", models.CharField(max_length=1000)),
                ("state", models.CharField(default="asked", max_length=7)),
                ("asked_at", models.DateTimeField(default=kernel.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("entry_id", models.UUIDField(help_text="The ledger's entry.", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CreditUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("state", models.CharField(default="reserved", max_length=8)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="allocation",
            name="from_charge",
            field=models.BooleanField(default=True, help_text="Taken from the payment's charge."),
        ),
        migrations.AddField(
            model_name="allocation",
            name="reference",
            field=models.CharField(
                blank=True, help_text="What it is about, if there is no payment.", max_length=120
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="accept_asked_at",
            field=models.DateTimeField(
                help_text="When the office decided not to contest it.", null=True
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="accepted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="withheld",
            field=models.JSONField(default=list, help_text="Taxes given back, by their account."),
        ),
        migrations.AddField(
            model_name="hold",
            name="release_note",
            field=models.CharField(blank=True, help_text="Why they did.", max_length=1000),
        ),
        migrations.AddField(
            model_name="hold",
            name="released_by",
            field=models.ForeignKey(
                help_text="Who gave it back before its time.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="payment",
            name="credit_back_minor",
            field=models.BigIntegerField(default=0, help_text="What is a credit again."),
        ),
        migrations.AddField(
            model_name="payment",
            name="credit_minor",
            field=models.BigIntegerField(
                default=0, help_text="Of the amount: what the payer pays with credits."
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="withheld",
            field=models.JSONField(
                default=list,
                help_text="Taxes of the worker's part that are given back, by their account.",
            ),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="payment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="allocations",
                to="payments.payment",
            ),
        ),
        migrations.AlterField(
            model_name="allocation",
            name="purpose",
            field=models.CharField(help_text="worker, tip, goodwill", max_length=10),
        ),
        migrations.AlterField(
            model_name="payment",
            name="captured_minor",
            field=models.BigIntegerField(default=0, help_text="What the provider took."),
        ),
        migrations.AlterField(
            model_name="payment",
            name="refunded_minor",
            field=models.BigIntegerField(default=0, help_text="What goes back of that."),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payment__isnull", False),
                    models.Q(("from_charge", False), models.Q(("reference", ""), _negated=True)),
                    _connector="OR",
                ),
                name="allocation_without_payment_is_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evidence_asked_at__isnull", True),
                    ("accept_asked_at__isnull", True),
                    _connector="OR",
                ),
                name="dispute_contested_or_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("release_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="hold_released_early_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit_minor__gte", 0), ("credit_minor__lte", models.F("amount_minor"))
                ),
                name="paid_with_credit_at_most_the_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit_back_minor__gte", 0),
                    ("credit_back_minor__lte", models.F("credit_minor")),
                ),
                name="credited_back_at_most_what_was_used",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="tenant",
            field=models.ForeignKey(
                db_default=kernel.isolation.CurrentTenant(),
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
        migrations.AddField(
            model_name="credituse",
            name="credit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="payments.credit",
            ),
        ),
        migrations.AddField(
            model_name="credituse",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="credit_uses",
                to="payments.payment",
            ),
        ),
        migrations.AddField(
            model_name="credituse",
            name="tenant",
            field=models.ForeignKey(
                db_default=kernel.isolation.CurrentTenant(),
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.tenant",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.UniqueConstraint(
                fields=("tenant", "key"), name="adjustment_key_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="adjustment_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("asked", "booked", "refused"))),
                name="adjustment_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit__in", ("psp_pending", "psp_available", "bank", "recon_difference")),
                    ("debit__in", ("psp_pending", "psp_available", "bank", "recon_difference")),
                    models.Q(("debit", models.F("credit")), _negated=True),
                ),
                name="adjustment_between_accounts_that_may",
            ),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "booked"), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        ("entry_id__isnull", False),
                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="adjustment_booked_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.UniqueConstraint(
                fields=("tenant", "payment", "credit"), name="credit_used_once_per_payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="credit_use_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="credituse",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("reserved", "used", "returned"))),
                name="credit_use_state_known",
            ),
        ),
    ]
