"""Compares the fee of money that was paid ahead when all of it is spent.

The visits that were paid with it each recover a part of the fee, under their own names.
"""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("payments.migrations.0027_tips_regained").AFTER
EACH_BY_ITSELF = """
    fee as (
        select l.tenant_id, l.currency, l.ref,
            coalesce(sum(l.amount) filter (where l.account = 'psp_fee'), 0) as paid,
            -coalesce(sum(l.amount) filter (where l.account = 'psp_fee_recovered'), 0) as recovered
        from line l where l.account in ('psp_fee', 'psp_fee_recovered') group by 1, 2, 3
    )
"""
BY_WHAT_PAID = """
    cost as (
        select l.tenant_id, l.currency, l.account, l.amount, coalesce((
                select y.reference from payments_earning g
                join payments_payment y on y.id = g.payment_id and y.tenant_id = g.tenant_id
                where g.tenant_id = l.tenant_id and g.reference = l.ref and y.kind = 'package'
            ), l.ref) as ref
        from line l where l.account in ('psp_fee', 'psp_fee_recovered')
    ),
    fee as (
        select c.tenant_id, c.currency, c.ref,
            coalesce(sum(c.amount) filter (where c.account = 'psp_fee'), 0) as paid,
            -coalesce(sum(c.amount) filter (where c.account = 'psp_fee_recovered'), 0) as recovered
        from cost c group by 1, 2, 3
    )
"""
EARNED = """
        where exists (
            select from payments_earning g where g.tenant_id = f.tenant_id and g.reference = f.ref
        ) and not exists ("""
EARNED_OR_SPENT = """
        where (exists (
            select from payments_earning g where g.tenant_id = f.tenant_id and g.reference = f.ref
        ) or exists (
            select from payments_payment y
            join ledger.entry e on e.tenant_id = y.tenant_id
                and e.idem_key = 'charge:' || y.id || ':fee_trued_up'
            where y.tenant_id = f.tenant_id and y.reference = f.ref and y.kind = 'package'
        )) and not exists ("""
AFTER = BEFORE.replace(EACH_BY_ITSELF, BY_WHAT_PAID).replace(EARNED, EARNED_OR_SPENT)


class Migration(migrations.Migration):
    dependencies = [("payments", "0033_paid_ahead")]
    operations = [migrations.RunSQL(AFTER, BEFORE)]
