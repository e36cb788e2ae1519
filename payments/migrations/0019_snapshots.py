"""Balances of accounts without a floor: a snapshot, and what was posted since.

A row that every posting of a busy tenant moves would make all of them wait for each other; so only
accounts with a floor have one. The rest are summed up every quarter of an hour, up to the oldest
transaction that was still open then: whatever may yet appear has a higher number and is counted
anew. Entry ids carry their time, which keeps the rest to what was written lately.
"""

from django.db import migrations

from kernel.isolation import TENANT_SQL
from kernel.roles import APP, LEDGER

FORWARD = f"""
set local role {LEDGER};
create table ledger.snapshot (
    account_id bigint primary key references ledger.account,
    tenant_id bigint not null,
    upto_xid xid8 not null,
    from_id uuid not null,
    balance bigint not null,
    taken_at timestamptz not null default clock_timestamp()
);
comment on column ledger.snapshot.from_id is 'no entry from upto_xid on has a lower id';
alter table ledger.snapshot enable row level security, force row level security;
create policy one_tenant on ledger.snapshot to {APP}
    using (tenant_id = (select {TENANT_SQL})) with check (tenant_id = (select {TENANT_SQL}));
create policy guards_see_all on ledger.snapshot to {LEDGER} using (true) with check (true);
grant select on ledger.snapshot to {APP};

create function ledger.lazy_balance(of_account bigint) returns bigint
language sql stable set search_path = ledger, pg_temp as $$
    select coalesce((select balance from snapshot where account_id = of_account), 0) + coalesce((
        select sum(p.amount) from posting p
        join entry e on e.id = p.entry_id
        left join snapshot s on s.account_id = of_account
        where p.account_id = of_account
            and p.entry_id >= coalesce(s.from_id, '00000000-0000-0000-0000-000000000000')
            and e.xid >= coalesce(s.upto_xid, '0')
    ), 0)::bigint
$$;
comment on function ledger.lazy_balance is 'debits less credits: a snapshot and what came since';

create function ledger.take_snapshots() returns bigint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare upto xid8 := pg_snapshot_xmin(pg_current_snapshot()); oldest uuid; taken bigint;
begin
    oldest := (lpad(to_hex((
        extract(epoch from clock_timestamp() - interval '1 day') * 1000
    )::bigint), 12, '0') || repeat('0', 20))::uuid;
    insert into snapshot (account_id, tenant_id, upto_xid, from_id, balance)
        select a.id, a.tenant_id, upto, oldest, coalesce(s.balance, 0) + coalesce((
            select sum(p.amount) from posting p join entry e on e.id = p.entry_id
            where p.account_id = a.id and e.xid < upto
                and p.entry_id >= coalesce(s.from_id, '00000000-0000-0000-0000-000000000000')
                and e.xid >= coalesce(s.upto_xid, '0')
        ), 0)
        from account a left join snapshot s on s.account_id = a.id
        where not a.strict
        on conflict (account_id) do update set upto_xid = excluded.upto_xid,
            from_id = excluded.from_id, balance = excluded.balance, taken_at = clock_timestamp()
            where snapshot.upto_xid < excluded.upto_xid;
    get diagnostics taken = row_count;
    return taken;
end $$;
revoke execute on function ledger.lazy_balance, ledger.take_snapshots from public;
grant execute on function ledger.lazy_balance, ledger.take_snapshots to {APP};
reset role;

create or replace function payments_at_provider() returns table (
    of_tenant bigint, currency text, minor bigint
)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform payments_house_only();
    return query
    select a.tenant_id, a.currency,
        sum(case when a.strict then b.balance * a.normal else ledger.lazy_balance(a.id) end)::bigint
    from ledger.account a
    join tenancy_tenant t on t.id = a.tenant_id
    left join ledger.balance b on b.account_id = a.id
    where a.kind in ('psp_pending', 'psp_available', 'operator_float', 'float_committed')
    group by 1, 2;
end $$;
"""
BACKWARD = f"""
set local role {LEDGER};
drop function ledger.take_snapshots();
drop function ledger.lazy_balance(bigint) cascade;
drop table ledger.snapshot;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0018_taxes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
