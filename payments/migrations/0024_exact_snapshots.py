"""A snapshot of a lazy account remembers just which transactions it counted.

Up to now it counted all before the oldest that was still open, so one long transaction anywhere on
the server, of another database too, kept every snapshot behind. A `pg_snapshot` names the open ones
instead: what is not in it is counted anew, and nobody holds anybody back.
"""

from django.db import migrations

from kernel.roles import LEDGER

FORWARD = f"""
set local role {LEDGER};
truncate ledger.snapshot;
alter table ledger.snapshot drop column upto_xid, add column counted pg_snapshot not null;
comment on column ledger.snapshot.counted is 'the transactions whose postings are in the balance';
comment on column ledger.snapshot.from_id is 'no entry that is not counted has a lower id';

create or replace function ledger.lazy_balance(of_account bigint) returns bigint
language sql stable set search_path = ledger, pg_temp as $$
    select coalesce((select balance from snapshot where account_id = of_account), 0) + coalesce((
        select sum(p.amount) from posting p
        join entry e on e.id = p.entry_id
        left join snapshot s on s.account_id = of_account
        where p.account_id = of_account
            and p.entry_id >= coalesce(s.from_id, '00000000-0000-0000-0000-000000000000')
            and (s.counted is null or not pg_visible_in_snapshot(e.xid, s.counted))
    ), 0)::bigint
$$;

create or replace function ledger.take_snapshots() returns bigint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare oldest uuid; taken bigint;
begin
    oldest := (lpad(to_hex((
        extract(epoch from clock_timestamp() - interval '1 day') * 1000
    )::bigint), 12, '0') || repeat('0', 20))::uuid;
    insert into snapshot (account_id, tenant_id, counted, from_id, balance)
        select a.id, a.tenant_id, pg_current_snapshot(), oldest, coalesce(s.balance, 0) + coalesce((
            select sum(p.amount) from posting p join entry e on e.id = p.entry_id
            where p.account_id = a.id and pg_visible_in_snapshot(e.xid, pg_current_snapshot())
                and p.entry_id >= coalesce(s.from_id, '00000000-0000-0000-0000-000000000000')
                and (s.counted is null or not pg_visible_in_snapshot(e.xid, s.counted))
        ), 0)
        from account a left join snapshot s on s.account_id = a.id
        where not a.strict
        on conflict (account_id) do update set counted = excluded.counted,
            from_id = excluded.from_id, balance = excluded.balance, taken_at = clock_timestamp()
            where pg_snapshot_xmax(snapshot.counted) < pg_snapshot_xmax(excluded.counted)
                or pg_snapshot_xmin(snapshot.counted) < pg_snapshot_xmin(excluded.counted);
    get diagnostics taken = row_count;
    return taken;
end $$;
reset role;
"""
BACKWARD = f"""
set local role {LEDGER};
truncate ledger.snapshot;
alter table ledger.snapshot drop column counted, add column upto_xid xid8 not null;
create or replace function ledger.lazy_balance(of_account bigint) returns bigint
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
create or replace function ledger.take_snapshots() returns bigint
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
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0023_tax_identity")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
