"""Proves the books for all tenants at once: acts as the owner, gives sums, and only to the house.

One statement, one moment: an entry that is written meanwhile is on both sides or on neither.
"""

from django.db import migrations

from kernel.isolation import TENANT_SQL
from kernel.roles import APP

HOUSE_ONLY = f"""
create function payments_house_only() returns void language plpgsql as $$
begin
    if {TENANT_SQL} is distinct from 1 then
        raise exception 'only the house compares the books of all' using errcode = '42501';
    end if;
end $$;
"""

CONTROLS = """
create function payments_controls() returns table (
    equation text, of_tenant bigint, currency text, ours bigint, theirs bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    with line as (
        select p.tenant_id, p.currency, a.kind as account, e.kind as entry, e.ref, p.account_id,
            p.amount
        from ledger.posting p
        join tenancy_tenant t on t.id = p.tenant_id
        join ledger.account a on a.id = p.account_id
        join ledger.entry e on e.id = p.entry_id
    ),
    kept as (
        select l.tenant_id, l.currency, l.account, sum(l.amount)::bigint as total
        from line l group by 1, 2, 3
    ),
    drift as (
        select b.tenant_id, a.currency, abs(
            b.balance - b.normal * coalesce((
                select sum(p.amount) from ledger.posting p where p.account_id = b.account_id
            ), 0)
        )::bigint as off
        from ledger.balance b join ledger.account a on a.id = b.account_id
        join tenancy_tenant t on t.id = b.tenant_id
    ),
    tip as (
        select l.tenant_id, l.currency, l.ref,
            -coalesce(sum(l.amount) filter (where l.entry = 'tip.captured'), 0) as taken,
            coalesce(sum(l.amount) filter (
                where l.entry in ('tip.earned', 'tip.returned', 'tip.lost')
            ), 0) as gone
        from line l where l.account = 'tip_held' group by 1, 2, 3
    ),
    fee as (
        select l.tenant_id, l.currency, l.ref,
            coalesce(sum(l.amount) filter (where l.account = 'psp_fee'), 0) as paid,
            -coalesce(sum(l.amount) filter (where l.account = 'psp_fee_recovered'), 0) as recovered
        from line l where l.account in ('psp_fee', 'psp_fee_recovered') group by 1, 2, 3
    )
    select 'C1', l.tenant_id, l.currency, sum(l.amount)::bigint, 0::bigint
        from line l group by 2, 3
    union all
    select 'C2', d.tenant_id, d.currency, sum(d.off)::bigint, 0 from drift d group by 2, 3
    union all
    select 'C5', k.tenant_id, k.currency, -k.total, coalesce((
            select sum(o.amount_minor) from payments_payout o
            where o.tenant_id = k.tenant_id and o.currency = k.currency
                and o.state in ('requested', 'submitted', 'unknown')
        ), 0)::bigint
        from kept k where k.account = 'worker_in_transit'
    union all
    select 'C6', k.tenant_id, k.currency, -k.total, coalesce((
            select sum(h.remaining_minor) from payments_hold h
            where h.tenant_id = k.tenant_id and h.currency = k.currency
        ), 0)::bigint
        from kept k where k.account = 'worker_reserve'
    union all
    select 'C7', t.tenant_id, t.currency, sum(abs(t.taken - t.gone - coalesce((
            select r.amount_minor from payments_tip r
            where r.tenant_id = t.tenant_id and r.state = 'held'
                and t.ref = 'tip:' || r.payment_id
        ), 0)))::bigint, 0
        from tip t group by 2, 3
    union all
    select 'C8', k.tenant_id, k.currency, -k.total, coalesce((
            select sum(r.amount_minor + r.tip_minor) from payments_refund r
            where r.tenant_id = k.tenant_id and r.currency = k.currency
                and r.state not in ('succeeded', 'credited', 'charged_back')
        ), 0)::bigint
        from kept k where k.account = 'refund_payable'
    union all
    select 'C9', f.tenant_id, f.currency, sum(f.paid)::bigint, sum(f.recovered)::bigint
        from fee f
        where exists (
            select from payments_earning g where g.tenant_id = f.tenant_id and g.reference = f.ref
        ) and not exists (
            select from payments_payment y where y.tenant_id = f.tenant_id and y.reference = f.ref
                and y.state = 'captured' and y.fee_minor is null
        )
        group by 2, 3;
end $$;

create function payments_at_provider() returns table (
    of_tenant bigint, currency text, minor bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select p.tenant_id, p.currency, sum(p.amount)::bigint
    from ledger.posting p join ledger.account a on a.id = p.account_id
    join tenancy_tenant t on t.id = p.tenant_id
    where a.kind in ('psp_pending', 'psp_available', 'operator_float', 'float_committed')
    group by 1, 2;
end $$;

create function payments_connected(of_provider text) returns table (
    account_ref text, currency text, minor bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select y.account_ref::text, a.currency, (coalesce((
            select sum(p.amount) from ledger.posting p where p.account_id = a.id
        ), 0) - coalesce((
            select sum(o.amount_minor) from payments_payout o
            where o.payee_id = y.id and o.tenant_id = y.tenant_id and o.currency = a.currency
                and o.provider_ref <> '' and o.state in ('requested', 'submitted', 'unknown')
        ), 0))::bigint
    from payments_payee y
    join ledger.account a
        on a.tenant_id = y.tenant_id and a.owner_id = y.member_id and a.kind = 'psp_connected'
    where y.provider = of_provider and y.account_ref <> '';
end $$;

create function payments_line_facts(sources text[]) returns table (
    source text, of_tenant bigint, kind text, subject uuid, amount bigint, fee bigint,
    booked boolean
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select o.object_id::text, o.tenant_id, o.kind::text, o.subject_id,
        case o.kind when 'payment' then y.captured_minor when 'refund'
            then -(r.amount_minor + r.tip_minor) when 'allocation' then -l.amount_minor end,
        y.fee_minor,
        case o.kind when 'payment' then y.state = 'captured'
            when 'refund' then r.state = 'succeeded' when 'allocation' then l.state = 'sent'
            else true end
    from payments_providerobject o
    left join payments_payment y on o.kind = 'payment' and y.id = o.subject_id
        and y.tenant_id = o.tenant_id
    left join payments_refund r on o.kind = 'refund' and r.id = o.subject_id
        and r.tenant_id = o.tenant_id
    left join payments_allocation l on o.kind = 'allocation' and l.id = o.subject_id
        and l.tenant_id = o.tenant_id
    where o.object_id = any(sources);
end $$;

create function payments_without_line(
    of_provider text, from_at timestamptz, until_at timestamptz
) returns table (
    source text, of_tenant bigint, kind text, subject uuid, currency text, amount bigint,
    made_at timestamptz
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select each.ref::text, each.tenant, each.what, each.subject, each.money::text, each.minor,
        each.moment
    from (
        select y.charge_ref as ref, y.tenant_id as tenant, 'payment' as what, y.id as subject,
            y.currency as money, y.captured_minor as minor, y.captured_at as moment
        from payments_payment y
        where y.provider = of_provider and y.state = 'captured'
            and y.captured_at >= from_at and y.captured_at < until_at
        union all
        select r.provider_ref, r.tenant_id, 'refund', r.id, r.currency,
            -(r.amount_minor + r.tip_minor), r.succeeded_at
        from payments_refund r
        join payments_payment y on y.id = r.payment_id and y.tenant_id = r.tenant_id
        where y.provider = of_provider and r.state = 'succeeded' and r.provider_ref <> ''
            and r.succeeded_at >= from_at and r.succeeded_at < until_at
    ) each
    where not exists (
        select from payments_reconline n where n.tenant_id = 1 and n.source = each.ref
            and n.line_id not like 'ours:%'
    );
end $$;

create function payments_flow(from_at timestamptz, until_at timestamptz) returns table (
    of_tenant bigint, currency text, came_in bigint, went_out bigint, in_flight bigint,
    at_provider bigint, owed bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select p.tenant_id, p.currency,
        coalesce(sum(p.amount) filter (where e.kind in ('charge.captured', 'tip.captured')
            and p.amount > 0 and e.effective_at >= from_at and e.effective_at < until_at
        ), 0)::bigint,
        coalesce(sum(p.amount) filter (
            where e.kind in ('cashout.paid', 'refund.paid', 'tenant.paid') and p.amount > 0
            and e.effective_at >= from_at and e.effective_at < until_at
        ), 0)::bigint,
        -coalesce(sum(p.amount) filter (where a.kind in
            ('worker_in_transit', 'tenant_in_transit', 'refund_payable')), 0)::bigint,
        coalesce(sum(p.amount) filter (where a.kind in
            ('psp_pending', 'psp_available', 'psp_connected')), 0)::bigint,
        -coalesce(sum(p.amount) filter (where a.kind in
            ('customer_deposit', 'tip_held', 'worker_pending', 'worker_available',
             'worker_reserve', 'tenant_pending', 'tenant_available')), 0)::bigint
    from ledger.posting p
    join tenancy_tenant t on t.id = p.tenant_id
    join ledger.account a on a.id = p.account_id
    join ledger.entry e on e.id = p.entry_id
    group by 1, 2;
end $$;
"""

GIVEN = (
    "payments_controls()",
    "payments_at_provider()",
    "payments_connected(text)",
    "payments_line_facts(text[])",
    "payments_without_line(text, timestamptz, timestamptz)",
    "payments_flow(timestamptz, timestamptz)",
)
RIGHTS = "".join(
    f"revoke execute on function {each} from public; grant execute on function {each} to {APP};"
    for each in GIVEN
)


class Migration(migrations.Migration):
    dependencies = [("payments", "0013_recon")]
    operations = [
        migrations.RunSQL(
            [HOUSE_ONLY, CONTROLS, RIGHTS],
            [f"drop function {each}" for each in (*reversed(GIVEN), "payments_house_only()")],
        )
    ]
