"""What the ledger refuses by itself, and the functions through which the application writes.

One statement inserts the postings of one entry, all of them; a trigger on that statement proves
the entry and moves the balances. So whoever gets to insert rows still cannot unbalance the books,
overdraw a wallet, add to an old entry or use accounts the chart does not allow. The guards act as
the ledger's owner, who sees every tenant whatever the session was told.
"""

from django.db import migrations

from kernel.isolation import TENANT_SQL
from kernel.roles import APP, LEDGER

GUARDS = """
set local role {LEDGER};

create function ledger.refuse(reason text, named text default '') returns void
language plpgsql as $$
begin
    raise exception 'ledger: %', reason using errcode = '23514', constraint = named;
end $$;

create function ledger.entry_of_now() returns trigger language plpgsql as $$
declare made_at double precision;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'ledger: only in READ COMMITTED' using errcode = '25001';
    end if;
    if substr(new.id::text, 15, 1) <> '7' then
        raise exception 'ledger: entry ids are UUIDs of version 7' using errcode = '23514';
    end if;
    made_at := ('x' || substr(translate(new.id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0;
    if abs(made_at - extract(epoch from clock_timestamp())) > 300 then
        raise exception 'ledger: the entry id is not of this time' using errcode = '23514';
    end if;
    return new;
end $$;
create trigger entry_of_now before insert on ledger.entry
    for each row execute function ledger.entry_of_now();

create function ledger.entry_has_postings() returns trigger language plpgsql
security definer set search_path = ledger, pg_temp as $$
begin
    if not exists (select from posting where entry_id = new.id) then
        perform refuse('an entry has no postings', 'entry_has_postings');
    end if;
    return null;
end $$;
create constraint trigger entry_has_postings after insert on ledger.entry
    deferrable initially deferred for each row execute function ledger.entry_has_postings();

create function ledger.open_balance() returns trigger language plpgsql
security definer set search_path = ledger, pg_temp as $$
begin
    insert into balance (account_id, tenant_id, normal)
        values (new.id, new.tenant_id, new.normal);
    return null;
end $$;
create trigger open_balance after insert on ledger.account
    for each row when (new.strict) execute function ledger.open_balance();

create function ledger.prove_tip(entry_tenant bigint, entry_ref text) returns void
language plpgsql set search_path = ledger, pg_temp as $$
begin
    perform from entry
        where tenant_id = entry_tenant and ref = entry_ref and kind = 'tip.captured'
        order by id for no key update;
    if (
        select coalesce(sum(p.amount), 0) > 0 from entry e
        join posting p on p.entry_id = e.id
        join account a on a.id = p.account_id and a.kind = 'tip_held'
        where e.tenant_id = entry_tenant and e.ref = entry_ref
    ) then
        perform refuse('more leaves than was taken for this tip', 'tip_taken');
    end if;
end $$;

create function ledger.prove_reversal(undoing uuid, undone uuid, undoing_kind text) returns void
language plpgsql set search_path = ledger, pg_temp as $$
begin
    if not exists (
        select from entry e join reversal_rule r on r.reverses = e.kind and r.kind = undoing_kind
        where e.id = undone and e.reverses is null
    ) then
        perform refuse('this kind does not undo that entry', 'reversal_allowed');
    end if;
    if exists (
        select from posting where entry_id in (undoing, undone)
        group by account_id having sum(amount) <> 0
    ) or (select tenant_id from entry where id = undoing)
        <> (select tenant_id from entry where id = undone) then
        perform refuse('a reversal mirrors its entry', 'reversal_mirrors');
    end if;
end $$;

create function ledger.move_balances(accounts bigint[], amounts bigint[], freezable boolean[])
returns void language plpgsql set search_path = ledger, pg_temp as $$
declare moved record;
begin
    for place in 1 .. coalesce(cardinality(accounts), 0) loop
        update balance set balance = balance + normal * amounts[place], version = version + 1
            where account_id = accounts[place]
            returning frozen, normal * amounts[place] as change into moved;
        if moved.frozen and freezable[place] and moved.change < 0 then
            perform refuse('this wallet is frozen', 'wallet_frozen');
        end if;
    end loop;
end $$;
comment on function ledger.move_balances is 'locks in the order of accounts: no deadlock';

create function ledger.prove() returns trigger language plpgsql
security definer set search_path = ledger, pg_temp set plan_cache_mode = force_generic_plan as $$
declare entry_seen record; moves record;
begin
    select count(*) as postings, count(distinct p.entry_id) as entries, sum(p.amount) as total,
        min(p.seq) as first, max(p.seq) as last,
        count(distinct p.currency) = 1
            and bool_and(p.tenant_id = e.tenant_id and p.tenant_id = a.tenant_id) as one_world,
        bool_or(a.kind = 'tip_held') as tip,
        min(e.kind || ': ' || a.kind || case when p.amount > 0 then ' debited' else ' credited' end)
            filter (where r.kind is null) as unruled,
        (array_agg(e.id))[1] as id, min(e.kind) as kind, min(e.ref) as ref,
        min(e.tenant_id) as tenant_id, (array_agg(e.reverses))[1] as reverses
    into entry_seen
    from added p
    join entry e on e.id = p.entry_id
    join account a on a.id = p.account_id
    left join entry_rule r
        on r.kind = e.kind and r.account_kind = a.kind and r.side = sign(p.amount)::smallint;

    if entry_seen.entries is distinct from 1 or entry_seen.postings < 2 or entry_seen.total <> 0
        or entry_seen.first <> 1 or entry_seen.last <> entry_seen.postings
        or entry_seen.postings <> (select count(*) from added)
        or not entry_seen.one_world then
        perform refuse('the entry is not whole, or does not balance', 'entry_whole');
    end if;
    if entry_seen.reverses is not null then
        perform prove_reversal(entry_seen.id, entry_seen.reverses, entry_seen.kind);
    elsif entry_seen.unruled is not null then
        perform refuse('no rule allows ' || entry_seen.unruled, 'entry_allowed');
    end if;
    if entry_seen.tip then
        perform prove_tip(entry_seen.tenant_id, entry_seen.ref);
    end if;

    select array_agg(account_id order by account_id) as accounts,
        array_agg(amount order by account_id) as amounts,
        array_agg(freezable order by account_id) as freezable
    into moves
    from (
        select p.account_id, sum(p.amount)::bigint as amount,
            entry_seen.reverses is null and bool_or(coalesce(r.stopped_by_freeze, false))
                as freezable
        from added p
        join account a on a.id = p.account_id and a.strict
        left join entry_rule r on r.kind = entry_seen.kind and r.account_kind = a.kind
            and r.side = sign(p.amount)::smallint
        group by p.account_id
    ) each;
    perform move_balances(moves.accounts, moves.amounts, moves.freezable);
    return null;
end $$;
create trigger prove after insert on ledger.posting referencing new table as added
    for each statement execute function ledger.prove();

create function ledger.append_only() returns trigger language plpgsql as $$
begin
    raise exception 'ledger: % is append-only', tg_table_name using errcode = '42501';
end $$;
create trigger append_only before update or delete or truncate on ledger.posting
    for each statement execute function ledger.append_only();
create trigger append_only before update or delete or truncate on ledger.entry
    for each statement execute function ledger.append_only();
create trigger append_only before update or delete or truncate on ledger.account
    for each statement execute function ledger.append_only();
create trigger append_only before delete or truncate on ledger.balance
    for each statement execute function ledger.append_only();

create function ledger.moved_by_postings() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'ledger: balances are made and moved by entries' using errcode = '42501';
    end if;
    return null;
end $$;
create trigger moved_by_postings
    before insert or update of account_id, tenant_id, normal, balance, version on ledger.balance
    for each statement execute function ledger.moved_by_postings();
"""

WRITES = """
create function ledger.check_tenant(claimed bigint) returns void language plpgsql as $$
begin
    if claimed is null or claimed is distinct from {TENANT_SQL} then
        raise exception 'ledger: not the tenant we work for' using errcode = '42501';
    end if;
end $$;

create function ledger.accounts_of(
    of_tenant bigint, in_currency text, kinds text[], owners uuid[], subs text[]
) returns bigint[] language plpgsql set search_path = ledger, pg_temp as $$
declare ids bigint[];
begin
    for attempt in 1 .. 2 loop
        select array_agg(a.id order by leg.place) into ids
        from unnest(kinds, owners, subs) with ordinality leg (kind, owner_id, sub, place)
        join account a on a.tenant_id = of_tenant and a.kind = leg.kind
            and a.owner_id = leg.owner_id and a.currency = in_currency and a.sub = leg.sub;
        exit when cardinality(ids) = cardinality(kinds);
        insert into account (tenant_id, kind, owner_id, currency, sub, normal, strict)
            select distinct of_tenant, k.kind, leg.owner_id, in_currency, leg.sub, k.normal,
                k.strict
            from unnest(kinds, owners, subs) leg (kind, owner_id, sub)
            join account_kind k on k.kind = leg.kind
            on conflict do nothing;
    end loop;
    if cardinality(ids) is distinct from cardinality(kinds) then
        perform refuse('an account is of no known kind', 'account_known');
    end if;
    return ids;
end $$;

create function ledger.post(
    entry_id uuid, for_tenant bigint, entry_kind text, entry_key text, entry_ref text,
    in_currency text, kinds text[], owners uuid[], subs text[], amounts bigint[],
    happened_at timestamptz default now(), about jsonb default '{{}}', undoes uuid default null
) returns uuid language plpgsql
security definer set search_path = ledger, pg_temp set lock_timeout = '2s' as $$
declare posted uuid; accounts bigint[];
begin
    perform check_tenant(for_tenant);
    accounts := accounts_of(for_tenant, in_currency, kinds, owners, subs);
    insert into entry (id, tenant_id, kind, idem_key, ref, reverses, effective_at, meta)
        values (entry_id, for_tenant, entry_kind, entry_key, entry_ref, undoes, happened_at, about)
        on conflict (tenant_id, idem_key) do nothing
        returning id into posted;
    if posted is null then
        select e.id into posted from entry e
        where e.tenant_id = for_tenant and e.idem_key = entry_key and e.kind = entry_kind
            and e.ref = entry_ref and e.reverses is not distinct from undoes
            and (
                select array_agg(p.account_id order by p.seq) = accounts
                    and array_agg(p.amount order by p.seq) = amounts
                from posting p where p.entry_id = e.id
            );
        if posted is null then
            raise exception 'ledger: key % belongs to another entry', entry_key
                using errcode = '23505', constraint = 'key_of_another_entry';
        end if;
        return posted;
    end if;
    insert into posting (entry_id, seq, tenant_id, account_id, currency, amount)
        select posted, leg.place, for_tenant, leg.account_id, in_currency, leg.amount
        from unnest(accounts, amounts) with ordinality leg (account_id, amount, place);
    return posted;
end $$;
comment on function ledger.post is 'the same key with the same content returns the first entry';

create function ledger.undo(
    entry_id uuid, for_tenant bigint, undone uuid, entry_kind text, entry_key text,
    happened_at timestamptz default now(), about jsonb default '{{}}'
) returns uuid language plpgsql security definer set search_path = ledger, pg_temp as $$
declare original record;
begin
    perform check_tenant(for_tenant);
    select e.ref, min(p.currency) as currency, array_agg(a.kind order by p.seq) as kinds,
        array_agg(a.owner_id order by p.seq) as owners, array_agg(a.sub order by p.seq) as subs,
        array_agg(-p.amount order by p.seq) as amounts
    into original
    from entry e join posting p on p.entry_id = e.id join account a on a.id = p.account_id
    where e.id = undone and e.tenant_id = for_tenant group by e.ref;
    if not found then
        perform refuse('there is no such entry', 'entry_known');
    end if;
    return post(entry_id, for_tenant, entry_kind, entry_key, original.ref, original.currency,
        original.kinds, original.owners, original.subs, original.amounts, happened_at, about,
        undone);
end $$;

create function ledger.freeze(of_owner uuid, is_frozen boolean) returns bigint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare changed bigint;
begin
    update balance set frozen = is_frozen
        from account a
        where a.id = balance.account_id and a.owner_id = of_owner
            and a.kind = 'worker_available' and a.tenant_id = {TENANT_SQL};
    get diagnostics changed = row_count;
    return changed;
end $$;

revoke execute on all functions in schema ledger from public;
grant execute on function ledger.post, ledger.undo, ledger.freeze to {APP};
reset role;
"""

BACKWARD = """
set local role {LEDGER};
drop function ledger.freeze, ledger.undo, ledger.post, ledger.accounts_of, ledger.check_tenant;
drop function ledger.prove, ledger.move_balances, ledger.prove_reversal, ledger.prove_tip,
    ledger.open_balance, ledger.entry_has_postings, ledger.entry_of_now, ledger.append_only,
    ledger.moved_by_postings cascade;
drop function ledger.refuse;
reset role;
"""
NAMES = {"LEDGER": LEDGER, "APP": APP, "TENANT_SQL": TENANT_SQL}


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_ledger_tables")]
    operations = [
        migrations.RunSQL(
            [GUARDS.format(**NAMES), WRITES.format(**NAMES)], BACKWARD.format(**NAMES)
        )
    ]
