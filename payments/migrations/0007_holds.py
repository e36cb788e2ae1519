"""Let money rest, and count what of a job's share is still pending."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0006_payout_key_per_payee"),
        ("tenancy", "0005_api_keys_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=7)),
                ("about", models.CharField(help_text="What it waits for.", max_length=120)),
                ("currency", models.CharField(max_length=3)),
                (
                    "asked_minor",
                    models.BigIntegerField(help_text="What was to be held; there may be less."),
                ),
                ("amount_minor", models.BigIntegerField()),
                ("remaining_minor", models.BigIntegerField()),
                (
                    "unmoved_minor",
                    models.BigIntegerField(
                        default=0,
                        help_text="Of what remains: not yet moved to the payee's account.",
                    ),
                ),
                (
                    "steps",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often it was taken from."
                    ),
                ),
                ("until", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(default=kernel.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="earning",
            name="pending_minor",
            field=models.BigIntegerField(
                default=0, help_text="Of the worker's part: what still is in worker_pending."
            ),
        ),
        migrations.AddConstraint(
            model_name="earning",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pending_minor__gte", 0), ("pending_minor__lte", models.F("worker_minor"))
                ),
                name="pending_within_share",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="earning",
            field=models.ForeignKey(
                help_text="The job whose pending share rests here.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holds",
                to="payments.earning",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="hold",
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
            model_name="hold",
            index=models.Index(
                condition=models.Q(("remaining_minor__gt", 0)),
                fields=["tenant", "member"],
                name="hold_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                fields=("tenant", "member", "reason", "about"), name="held_once_per_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ("dispute", "review", "reserve"))),
                name="hold_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_minor__gte", 0),
                    ("amount_minor__lte", models.F("asked_minor")),
                    ("remaining_minor__gte", 0),
                    ("remaining_minor__lte", models.F("amount_minor")),
                    ("unmoved_minor__gte", 0),
                    ("unmoved_minor__lte", models.F("remaining_minor")),
                ),
                name="hold_remaining_within_amount",
            ),
        ),
        migrations.RunSQL(
            "update payments_earning set pending_minor = worker_minor where state = 'accrued'", ""
        ),
    ]
