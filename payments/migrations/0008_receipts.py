"""Receipts, whose numbers the database lets in only one after the other."""

import django.db.models.deletion
from django.db import migrations, models

import kernel.clock
import kernel.ids
import kernel.isolation

GAPLESS = """
create function payments_receipt_is_next() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if new.number > 1 and not exists (
        select from payments_receipt
        where tenant_id = new.tenant_id and series = new.series and number = new.number - 1
    ) then
        raise exception 'receipt % is not the next of its series', new.number
            using errcode = '23514', constraint = 'receipt_number_is_next';
    end if;
    return new;
end $$;
create trigger receipt_is_next before insert on payments_receipt
    for each row execute function payments_receipt_is_next();
"""
UNDONE = "drop function payments_receipt_is_next() cascade"


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0007_holds"),
        ("tenancy", "0006_page_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="items",
            field=models.JSONField(default=list, help_text="What is paid for, line by line."),
        ),
        migrations.AddField(
            model_name="payment",
            name="parts",
            field=models.JSONField(default=dict, help_text="Who gets what of it, as agreed."),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("series", models.CharField(max_length=4)),
                ("number", models.PositiveBigIntegerField()),
                ("kind", models.CharField(max_length=8)),
                (
                    "subject_id",
                    models.UUIDField(help_text="The payment, refund or cash-out it is about."),
                ),
                ("reference", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=200)),
                ("currency", models.CharField(max_length=3)),
                ("total_minor", models.BigIntegerField()),
                (
                    "content",
                    models.JSONField(help_text="Lines, parts and facts, in codes and minor units."),
                ),
                ("sha256", models.CharField(help_text="Of what it says.", max_length=64)),
                ("happened_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(default=kernel.clock.now)),
                (
                    "payer",
                    models.ForeignKey(
                        null=True,
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
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["tenant", "payer", "-happened_at"], name="receipt_of_payer"
                    ),
                    models.Index(
                        fields=["tenant", "worker", "-happened_at"], name="receipt_of_worker"
                    ),
                    models.Index(fields=["tenant", "reference"], name="receipt_of_reference"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "series", "number"), name="receipt_number_once"
                    ),
                    models.UniqueConstraint(
                        fields=("tenant", "kind", "subject_id"), name="one_receipt_per_fact"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("payment", "refund", "tip", "cash_out"))),
                        name="receipt_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("series__in", ("P", "R", "T", "C"))),
                        name="receipt_series_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)), name="receipt_numbers_begin_at_one"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GAPLESS, UNDONE),
    ]
