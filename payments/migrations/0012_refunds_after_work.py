"""Write down who bears a refund, what workers owe, customers' credits and who may move money."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0011_statements"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cause", models.CharField(max_length=7)),
                ("about", models.CharField(max_length=120)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("left_minor", models.BigIntegerField()),
                ("state", models.CharField(default="open", max_length=7)),
                ("granted_at", models.DateTimeField(default=kernel.clock.now)),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Debt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("cause", models.CharField(max_length=7)),
                ("about", models.CharField(max_length=120)),
                (
                    "reference",
                    models.CharField(blank=True, help_text="The job it came from.", max_length=120),
                ),
                (
                    "finding",
                    models.CharField(blank=True, help_text="Why, in words.", max_length=1000),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("left_minor", models.BigIntegerField()),
                ("state", models.CharField(default="open", max_length=11)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("forgiveness_asked_at", models.DateTimeField(null=True)),
                ("forgiveness_reason", models.CharField(blank=True, max_length=1000)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("permission", models.CharField(max_length=11)),
                ("given_at", models.DateTimeField(default=kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="TakeBack",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.CharField(help_text="What it comes back for.", max_length=120)),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("state", models.CharField(default="pending", max_length=8)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("provider_ref", models.CharField(blank=True, max_length=80)),
                ("failure", models.CharField(blank=True, max_length=80)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="allocation",
            name="allocation_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="refund",
            name="refund_state_known",
        ),
        migrations.AddField(
            model_name="earning",
            name="back_minor",
            field=models.BigIntegerField(
                default=0,
                help_text="Of the whole price: what went back to the customer after the work.",
            ),
        ),
        migrations.AddField(
            model_name="earning",
            name="taken_minor",
            field=models.BigIntegerField(
                default=0, help_text="Of the worker's part: what was taken back, or is owed."
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="attempt",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="refund",
            name="bank_ref",
            field=models.CharField(blank=True, help_text="Of a transfer by hand.", max_length=80),
        ),
        migrations.AddField(
            model_name="refund",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="deposit_minor",
            field=models.BigIntegerField(default=0, help_text="From what was the customer's."),
        ),
        migrations.AddField(
            model_name="refund",
            name="fault",
            field=models.CharField(default="none", max_length=8),
        ),
        migrations.AddField(
            model_name="refund",
            name="finding",
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name="refund",
            name="loss_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="owed_minor",
            field=models.BigIntegerField(
                default=0, help_text="Of the worker's part: what was not there, and is owed."
            ),
        ),
        migrations.AddField(
            model_name="refund",
            name="paid_entry_id",
            field=models.UUIDField(help_text="The ledger's refund.paid.", null=True),
        ),
        migrations.AddField(
            model_name="refund",
            name="platform_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="tax_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="tenant_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="refund",
            name="worker_minor",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="refund",
            name="state",
            field=models.CharField(default="due", max_length=12),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("pending", "sent", "dropped"))),
                name="allocation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="earning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken_minor__gte", 0), ("taken_minor__lte", models.F("worker_minor"))
                ),
                name="never_more_taken_than_the_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="earning",
            constraint=models.CheckConstraint(
                condition=models.Q(("back_minor__gte", 0)), name="earning_back_grows"
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "due",
                            "sent",
                            "succeeded",
                            "failed",
                            "credited",
                            "by_bank",
                            "charged_back",
                        ),
                    )
                ),
                name="refund_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="refund",
            constraint=models.CheckConstraint(
                condition=models.Q(("fault__in", ("worker", "customer", "platform", "none"))),
                name="refund_fault_known",
            ),
        ),
        migrations.AddField(
            model_name="credit",
            name="customer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="credit",
            name="given_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="credit",
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
            model_name="debt",
            name="forgiven_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="debt",
            name="forgiveness_asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="debt",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="debt",
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
            model_name="grant",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="grant",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="grant",
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
            model_name="takeback",
            name="allocation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="take_backs",
                to="payments.allocation",
            ),
        ),
        migrations.AddField(
            model_name="takeback",
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
            model_name="credit",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["tenant", "customer", "expires_at"],
                name="credit_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.UniqueConstraint(
                fields=("tenant", "customer", "cause", "about"), name="credited_once_per_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ("refund", "gesture", "late", "other"))),
                name="credit_cause_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "used", "expired"))),
                name="credit_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_minor__gt", 0),
                    ("left_minor__gte", 0),
                    ("left_minor__lte", models.F("amount_minor")),
                ),
                name="credit_left_within_amount",
            ),
        ),
        migrations.AddIndex(
            model_name="debt",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["tenant", "member"], name="debt_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.UniqueConstraint(
                fields=("tenant", "member", "cause", "about"), name="owed_once_per_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ("refund", "dispute", "cash"))),
                name="debt_cause_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "paid", "written_off"))),
                name="debt_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_minor__gt", 0),
                    ("left_minor__gte", 0),
                    ("left_minor__lte", models.F("amount_minor")),
                ),
                name="debt_left_within_amount",
            ),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("forgiven_by__isnull", True),
                    models.Q(("forgiven_by", models.F("forgiveness_asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="debt_forgiven_by_a_second_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                fields=("tenant", "member", "permission"), name="granted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "permission__in",
                        (
                            "refund",
                            "hold",
                            "freeze",
                            "batch_make",
                            "batch_check",
                            "write_off",
                            "adjust",
                        ),
                    )
                ),
                name="permission_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="takeback",
            constraint=models.UniqueConstraint(
                fields=("tenant", "allocation", "about"), name="taken_back_once_per_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="takeback",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("pending", "sent"))), name="take_back_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="takeback",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_minor__gt", 0)), name="take_back_is_positive"
            ),
        ),
        migrations.RunSQL("update payments_refund set deposit_minor = amount_minor", ""),
    ]
