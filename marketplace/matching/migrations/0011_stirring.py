"""Whoever moves a calendar marks it, at every business of the person, in the same transaction.

And the first start in ranges of free minutes, for a search to look at.
"""

from django.db import migrations

FIRST_START = """
create function first_start(free int4multirange, step int, earliest int, latest int) returns int
language sql immutable parallel safe as $$
    select min(start) from unnest(free) each, lateral (
        select lower(each) + (greatest(0, earliest - lower(each)) + step - 1) / step * step as start
    ) of_range
    where start < upper(each) and start < latest
$$;
"""

EVERYWHERE = """
    join catalog_worker w on w.tenant_id = moved.tenant_id and w.id = moved.worker_id
    join tenancy_membership member on member.id = w.member_id
    join tenancy_membership anywhere on anywhere.user_id = member.user_id
    join catalog_worker same
        on same.tenant_id = anywhere.tenant_id and same.member_id = anywhere.id
"""
STIRS = {
    "stir_taken": f"""
        select distinct same.tenant_id, same.id, moved.id,
            case when moved.kind = 'hold' then moved.expires_at end
        from moved {EVERYWHERE}
    """,
    "stir_away": f"select distinct same.tenant_id, same.id, null::uuid, null::timestamptz"
    f" from moved {EVERYWHERE}",
    "stir_plan": "select distinct tenant_id, worker_id, null::uuid, null::timestamptz from moved",
    "stir_own_times": """
        select distinct moved.tenant_id, offer.worker_id, null::uuid, null::timestamptz
        from moved join catalog_workerservice offer
            on offer.tenant_id = moved.tenant_id and offer.id = moved.offer_id
    """,
}
TABLES = {
    "matching_occupancy": "stir_taken",
    "matching_timeoff": "stir_away",
    "matching_planrow": "stir_plan",
    "matching_daterow": "stir_plan",
    "matching_owntimes": "stir_own_times",
}
SIDES = {"insert": "new", "update": "new", "delete": "old"}


def _function(name: str, marked: str) -> str:
    return f"""
create function {name}() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    insert into matching_stirred (id, tenant_id, worker_id, occupancy_id, until)
    select gen_random_uuid(), found.* from ({marked}) found;
    return null;
end $$;
revoke execute on function {name}() from public;
"""


def _trigger(table: str, function: str, what: str, side: str) -> str:
    return f"""
create trigger stirs_on_{what} after {what} on {table}
    referencing {side} table as moved for each statement execute function {function}();
"""


FORWARD = (
    FIRST_START
    + "".join(_function(name, marked) for name, marked in STIRS.items())
    + "".join(
        _trigger(table, function, what, side)
        for table, function in TABLES.items()
        for what, side in SIDES.items()
    )
)
BACKWARD = (
    "".join(f"drop trigger stirs_on_{what} on {table};" for table in TABLES for what in SIDES)
    + "".join(f"drop function {name}();" for name in STIRS)
    + "drop function first_start(int4multirange, int, int, int);"
)


class Migration(migrations.Migration):
    dependencies = [("matching", "0010_free_times")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
