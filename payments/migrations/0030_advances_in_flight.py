"""Knows where the float's part of a cash-out is while it is on its way, or on its way back.

The ledger writes it off the collecting account when the payout has arrived, or puts it back when it
failed; the money itself has moved to the payee's account before, and comes back after.
"""

from django.db import migrations

LENT = """
    select v.tenant_id, o.payee_id, v.currency, (v.amount_minor - v.repaid_minor) as minor
    from payments_advance v join payments_payout o on o.id = v.payout_id
    where v.state = 'unused'
        or (v.state = 'sent' and o.state in ('requested', 'submitted', 'unknown'))
"""

AT_PROVIDER = """
create or replace function payments_at_provider() returns table (
    of_tenant bigint, currency text, minor bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select a.tenant_id, a.currency, (
            sum(case when a.strict then b.balance * a.normal else ledger.lazy_balance(a.id) end)
            {less}
        )::bigint
    from ledger.account a
    join tenancy_tenant t on t.id = a.tenant_id
    left join ledger.balance b on b.account_id = a.id
    where a.kind in ('psp_pending', 'psp_available', 'operator_float', 'float_committed')
    group by 1, 2;
end $$;
"""

CONNECTED = """
create or replace function payments_connected(of_provider text) returns table (
    account_ref text, currency text, minor bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select y.account_ref::text, a.currency, (coalesce((
            select sum(p.amount) from ledger.posting p where p.account_id = a.id
        ), 0) {more} - coalesce((
            select sum(o.amount_minor) from payments_payout o
            where o.payee_id = y.id and o.tenant_id = y.tenant_id and o.currency = a.currency
                and o.provider_ref <> '' and o.state in ('requested', 'submitted', 'unknown')
        ), 0))::bigint
    from payments_payee y
    join ledger.account a
        on a.tenant_id = y.tenant_id and a.owner_id = y.member_id and a.kind = 'psp_connected'
    where y.provider = of_provider and y.account_ref <> '';
end $$;
"""

LESS = f"""- coalesce((
                select sum(lent.minor) from ({LENT}) lent
                where lent.tenant_id = a.tenant_id and lent.currency = a.currency
            ), 0)"""
MORE = f"""+ coalesce((
            select sum(lent.minor) from ({LENT}) lent
            where lent.payee_id = y.id and lent.currency = a.currency
        ), 0)"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0029_after_the_work")]
    operations = [
        migrations.RunSQL(AT_PROVIDER.format(less=LESS), AT_PROVIDER.format(less="")),
        migrations.RunSQL(CONNECTED.format(more=MORE), CONNECTED.format(more="")),
    ]
