"""The bank beside our books, money by provider, and payouts of the collecting account come back.

As the other figures of all tenants: they act as the owner, give sums, and only to the house.
"""

from django.db import migrations

from kernel.roles import APP, LEDGER

FIGURES = """
create function payments_bank_figures() returns table (
    equation text, of_tenant bigint, currency text, ours bigint, theirs bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    with span as (
        select s.tenant_id, s.currency::text as money,
            min(s.from_on)::timestamp at time zone t.timezone as begins,
            (max(s.until_on) + 1)::timestamp at time zone t.timezone as ends
        from payments_bankstatement s join tenancy_tenant t on t.id = s.tenant_id
        group by s.tenant_id, s.currency, t.timezone
    )
    select 'C10', n.tenant_id, n.money,
        coalesce((
            select sum(m.amount_minor) from payments_bankmatch m
            join payments_bankline l on l.id = m.line_id and l.tenant_id = m.tenant_id
            where m.tenant_id = n.tenant_id and l.currency = n.money
        ), 0)::bigint + coalesce((
            select sum(p.amount) from ledger.posting p
            join ledger.account a on a.id = p.account_id and a.kind = 'bank'
            join ledger.entry e on e.id = p.entry_id
            where p.tenant_id = n.tenant_id and p.currency = n.money
                and e.effective_at >= n.begins and e.effective_at < n.ends
                and not exists (
                    select from payments_bankmatch m
                    where m.tenant_id = p.tenant_id and m.entry_id = p.entry_id
                )
        ), 0)::bigint,
        coalesce((
            select sum(l.amount_minor) from payments_bankline l
            where l.tenant_id = n.tenant_id and l.currency = n.money and l.result <> 'put_aside'
        ), 0)::bigint
    from span n;
end $$;

create function payments_flow_by_provider(from_at timestamptz, until_at timestamptz)
returns table (
    of_tenant bigint, provider text, currency text, came_in bigint, went_out bigint,
    in_flight bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select each.tenant, each.company::text, each.money::text, sum(each.came)::bigint,
        sum(each.went)::bigint, sum(each.flies)::bigint
    from (
        select y.tenant_id as tenant, y.provider as company, y.currency as money,
            case when y.captured_at >= from_at and y.captured_at < until_at
                then y.captured_minor else 0 end as came,
            0 as went, 0 as flies
        from payments_payment y where y.captured_at is not null
        union all
        select o.tenant_id, e.provider, o.currency, 0,
            case when o.state in ('paid', 'final') and o.paid_at >= from_at
                and o.paid_at < until_at then o.amount_minor else 0 end,
            case when o.state in ('requested', 'submitted', 'unknown')
                then o.amount_minor else 0 end
        from payments_payout o
        join payments_payee e on e.id = o.payee_id and e.tenant_id = o.tenant_id
        union all
        select r.tenant_id, y.provider, r.currency, 0,
            case when r.state = 'succeeded' and r.succeeded_at >= from_at
                and r.succeeded_at < until_at then r.amount_minor + r.tip_minor else 0 end,
            case when r.state not in ('succeeded', 'credited', 'charged_back')
                then r.amount_minor + r.tip_minor else 0 end
        from payments_refund r
        join payments_payment y on y.id = r.payment_id and y.tenant_id = r.tenant_id
    ) each
    group by 1, 2, 3;
end $$;

create function payments_floats() returns table (
    of_tenant bigint, currency text, left_minor bigint, committed bigint, advanced bigint,
    open_advances bigint, funded bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select t.id, t.currency::text,
        coalesce(sum(p.amount) filter (where a.kind = 'operator_float'), 0)::bigint,
        coalesce(sum(p.amount) filter (where a.kind = 'float_committed'), 0)::bigint,
        coalesce((
            select sum(v.amount_minor - v.repaid_minor) from payments_advance v
            where v.tenant_id = t.id and v.currency = t.currency and v.state in ('due', 'sent')
        ), 0)::bigint,
        (
            select count(*) from payments_advance v
            where v.tenant_id = t.id and v.currency = t.currency and v.state in ('due', 'sent')
        ),
        -coalesce(sum(p.amount) filter (where a.kind = 'operator_capital'), 0)::bigint
    from tenancy_tenant t
    left join ledger.account a on a.tenant_id = t.id and a.currency = t.currency
        and a.kind in ('operator_float', 'float_committed', 'operator_capital')
    left join ledger.posting p on p.account_id = a.id
    where t.id <> 1
    group by t.id, t.currency;
end $$;

create function payments_accounts(of_provider text) returns setof text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select distinct y.account_ref::text from payments_payee y
    where y.provider = of_provider and y.account_ref <> '' order by 1;
end $$;
"""

GIVEN = (
    "payments_bank_figures()",
    "payments_flow_by_provider(timestamptz, timestamptz)",
    "payments_floats()",
    "payments_accounts(text)",
)
RIGHTS = "".join(
    f"revoke execute on function {each} from public; grant execute on function {each} to {APP};"
    for each in GIVEN
)
RETURNED = "('psp.payout_returned', 'psp.paid_out')"


class Migration(migrations.Migration):
    dependencies = [("payments", "0025_bank_book")]
    operations = [
        migrations.RunSQL([FIGURES, RIGHTS], [f"drop function {each}" for each in reversed(GIVEN)]),
        migrations.RunSQL(
            [
                f"set local role {LEDGER}",
                f"insert into ledger.reversal_rule (kind, reverses) values {RETURNED}",
                "reset role",
            ],
            [
                f"set local role {LEDGER}",
                "delete from ledger.reversal_rule where kind = 'psp.payout_returned'",
                "reset role",
            ],
        ),
    ]
