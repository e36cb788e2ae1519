"""What stops money from leaving, what is lent, what was answered: and where a wage goes home."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0016_disputes"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Advance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField()),
                ("repaid_minor", models.BigIntegerField(default=0)),
                (
                    "repaying_minor",
                    models.BigIntegerField(
                        default=0,
                        help_text="Being taken back now; asking twice asks the same.",
                    ),
                ),
                (
                    "steps",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often a part was repaid."
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often taking it back was refused."
                    ),
                ),
                ("state", models.CharField(default="due", max_length=7)),
                ("provider_ref", models.CharField(blank=True, max_length=80)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=8)),
                (
                    "note",
                    models.CharField(
                        help_text="What happened; the worker can read it.", max_length=1000
                    ),
                ),
                ("frozen_at", models.DateTimeField(default=kernel.clock.now)),
                (
                    "until",
                    models.DateTimeField(help_text="Empty once it was confirmed.", null=True),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_note", models.CharField(blank=True, max_length=1000)),
                ("appeal", models.CharField(blank=True, max_length=2000)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_note", models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name="KeptQuote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("amount_minor", models.BigIntegerField(help_text="What was asked about.")),
                ("facts", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "policy",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "answer",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("terms", models.JSONField(help_text="What the answer means for this amount.")),
                ("disclosure", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PayoutStop",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rail",
                    models.CharField(blank=True, help_text="Empty: every way.", max_length=30),
                ),
                ("reason", models.CharField(max_length=8)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("stopped_at", models.DateTimeField(default=kernel.clock.now)),
                ("until", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="payee",
            name="cleared",
            field=models.CharField(
                blank=True,
                help_text="Fingerprint of the destination that was found right.",
                max_length=32,
            ),
        ),
        migrations.AddField(
            model_name="payee",
            name="cleared_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="payee",
            name="doubt",
            field=models.CharField(
                blank=True,
                help_text="Why nothing is sent there before a person has looked.",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="advance_minor",
            field=models.BigIntegerField(
                default=0, help_text="Of the amount: sent before it has settled, out of the float."
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="disclosure",
            field=models.CharField(blank=True, help_text="Version agreed to.", max_length=20),
        ),
        migrations.AddField(
            model_name="payout",
            name="final_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="payout",
            name="handed_at",
            field=models.DateTimeField(
                help_text="From here on the provider may have it: it cannot be cancelled.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="language",
            field=models.CharField(blank=True, help_text="In which it was read.", max_length=10),
        ),
        migrations.AddField(
            model_name="payout",
            name="sends",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="How often this attempt was refused for a while."
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="swept",
            field=models.BooleanField(default=False, help_text="Sent unasked, on the day of pay."),
        ),
        migrations.AddField(
            model_name="payout",
            name="waits_for",
            field=models.CharField(blank=True, help_text="What it is held up by.", max_length=12),
        ),
        migrations.AddIndex(
            model_name="payee",
            index=models.Index(
                condition=models.Q(("instrument", ""), _negated=True),
                fields=["tenant", "instrument"],
                name="payee_of_destination",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(("doubt__in", ("", "returned", "name", "shared"))),
                name="payee_doubt_known",
            ),
        ),
        migrations.AddField(
            model_name="advance",
            name="payout",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="advances",
                to="payments.payout",
            ),
        ),
        migrations.AddField(
            model_name="advance",
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
            model_name="freeze",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="freeze",
            name="frozen_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="freeze",
            name="lifted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="freeze",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="freeze",
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
            model_name="keptquote",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="keptquote",
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
            model_name="payout",
            name="kept_quote",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payouts",
                to="payments.keptquote",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("advance_minor__gte", 0), ("advance_minor__lte", models.F("amount_minor"))
                ),
                name="advance_within_payout",
            ),
        ),
        migrations.AddField(
            model_name="payoutstop",
            name="lifted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="payoutstop",
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
            model_name="advance",
            constraint=models.UniqueConstraint(
                fields=("tenant", "payout", "attempt"), name="lent_once_per_attempt"
            ),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("due", "sent", "repaid", "unused", "dropped"))),
                name="advance_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="advance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_minor__gt", 0),
                    (
                        "amount_minor__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("repaid_minor"), "+", models.F("repaying_minor")
                        ),
                    ),
                    ("repaid_minor__gte", 0),
                    ("repaying_minor__gte", 0),
                ),
                name="advance_repaid_at_most_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=("tenant", "member"),
                name="frozen_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ("takeover", "fraud", "court"))),
                name="freeze_reason_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", False), ("confirmed_at__isnull", False), _connector="OR"
                ),
                name="freeze_ends_or_was_confirmed",
            ),
        ),
        migrations.AddIndex(
            model_name="keptquote",
            index=models.Index(fields=["tenant", "member"], name="quote_of_member"),
        ),
        migrations.AddIndex(
            model_name="payoutstop",
            index=models.Index(
                condition=models.Q(("lifted_at__isnull", True)),
                fields=["tenant", "rail"],
                name="stop_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutstop",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ("breaker", "books", "operator"))),
                name="stop_reason_known",
            ),
        ),
    ]
