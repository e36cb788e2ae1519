"""Taxes that a tenant has decided to apply, and what is kept back of earnings."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0017_wages"),
        ("tenancy", "0008_account_security_functions"),
    ]

    operations = [
        migrations.AddField(
            model_name="earning",
            name="withheld",
            field=models.JSONField(default=list, help_text="Taxes kept back of the worker's part."),
        ),
        migrations.AddField(
            model_name="payee",
            name="tax_registered",
            field=models.BooleanField(default=False, help_text="Their prices hold service tax."),
        ),
        migrations.CreateModel(
            name="TaxRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(max_length=20)),
                ("version", models.PositiveIntegerField(default=1)),
                ("country", models.CharField(max_length=2)),
                ("on", models.CharField(max_length=15)),
                ("method", models.CharField(max_length=9)),
                ("rate_bp", models.PositiveIntegerField()),
                ("threshold_minor", models.BigIntegerField(default=0)),
                ("account", models.SlugField(max_length=20)),
                (
                    "wording",
                    models.JSONField(default=dict, help_text="What people read, by language."),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(help_text="The first day without it.", null=True)),
                ("made_at", models.DateTimeField(default=kernel.clock.now)),
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
                    models.UniqueConstraint(
                        fields=("tenant", "code", "version"), name="tax_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on__in", ("service", "fee", "worker_earnings"))),
                        name="tax_base_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ("extracted", "withheld"))),
                        name="tax_method_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("method", "withheld"), ("on", "worker_earnings")),
                            models.Q(
                                models.Q(("on", "worker_earnings"), _negated=True),
                                ("method", "extracted"),
                            ),
                            _connector="OR",
                        ),
                        name="tax_is_kept_back_from_earnings_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate_bp__gt", 0), ("rate_bp__lt", 10000)),
                        name="tax_rate_within_limits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="tax_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
