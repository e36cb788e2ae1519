"""One calendar for a person over all tenants, behind two functions that give away bare times.

Both act as their owner and look across the wall, but only for workers of the calling tenant.
`lock_calendar` lets one transaction at a time write a person's calendar and clears expired holds;
`busy_ranges` says when workers are taken, and neither by whom nor where.
"""

from django.db import migrations

from kernel.isolation import TENANT_SQL
from kernel.roles import APP

FORWARD = f"""
create function person_number(account uuid) returns bigint language sql immutable
as $$ select ('x' || right(replace(account::text, '-', ''), 16))::bit(64)::bigint
    & 9223372036854775807 $$;

create function lock_calendar(worker uuid, at timestamptz) returns void language plpgsql
security definer set search_path = public, pg_temp as $$
declare person bigint;
begin
    select person_number(member.user_id) into strict person
    from catalog_worker w join tenancy_membership member on member.id = w.member_id
    where w.id = worker and w.tenant_id = {TENANT_SQL};
    perform pg_advisory_xact_lock(person);
    update matching_occupancy set active = false
    where active and person_no = person and kind = 'hold' and expires_at <= at;
end $$;

create function busy_ranges(
    workers uuid[], earliest timestamptz, latest timestamptz, at timestamptz
)
returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz, during tstzrange)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.id, taken.starts_at, taken.ends_at, taken.during
    from catalog_worker w
    join tenancy_membership member on member.id = w.member_id
    join matching_occupancy taken
        on int8range(taken.person_no, taken.person_no, '[]')
            && int8range(person_number(member.user_id), person_number(member.user_id), '[]')
        and taken.during && tstzrange(earliest, latest)
    where w.id = any (workers) and w.tenant_id = {TENANT_SQL}
        and taken.active and (taken.kind = 'booking' or taken.expires_at > at)
$$;

revoke execute on function person_number(uuid), lock_calendar(uuid, timestamptz),
    busy_ranges(uuid[], timestamptz, timestamptz, timestamptz) from public;
grant execute on function lock_calendar(uuid, timestamptz),
    busy_ranges(uuid[], timestamptz, timestamptz, timestamptz) to {APP};
"""

BACKWARD = """
drop function busy_ranges(uuid[], timestamptz, timestamptz, timestamptz);
drop function lock_calendar(uuid, timestamptz);
drop function person_number(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
