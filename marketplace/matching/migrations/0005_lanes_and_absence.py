"""What is taken tells its lanes; who is away is away from all their businesses."""

from django.db import migrations

from kernel.isolation import TENANT_SQL
from kernel.roles import APP

BUSY = "busy_ranges(uuid[], timestamptz, timestamptz, timestamptz)"


def busy(columns: str, chosen: str) -> str:
    """Return the function that says when people are taken, with some columns after the usual."""
    return f"""
create function busy_ranges(
    workers uuid[], earliest timestamptz, latest timestamptz, at timestamptz
)
returns table (
    worker_id uuid, starts_at timestamptz, ends_at timestamptz, during tstzrange{columns}
)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.id, taken.starts_at, taken.ends_at, taken.during{chosen}
    from catalog_worker w
    join tenancy_membership member on member.id = w.member_id
    join matching_occupancy taken
        on int8range(taken.person_no, taken.person_no, '[]')
            && int8range(person_number(member.user_id), person_number(member.user_id), '[]')
        and taken.during && tstzrange(earliest, latest)
    where w.id = any (workers) and w.tenant_id = {TENANT_SQL}
        and taken.active and (taken.kind = 'booking' or taken.expires_at > at)
$$;

revoke execute on function {BUSY} from public;
grant execute on function {BUSY} to {APP};
"""


CLOSED = f"""
create function closed_ranges(workers uuid[], earliest timestamptz, latest timestamptz)
returns table (worker_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.id, away.starts_at, away.ends_at
    from catalog_worker w
    join tenancy_membership member on member.id = w.member_id
    join tenancy_membership anywhere on anywhere.user_id = member.user_id
    join catalog_worker same
        on same.tenant_id = anywhere.tenant_id and same.member_id = anywhere.id
    join matching_timeoff away
        on away.tenant_id = same.tenant_id and away.worker_id = same.id
        and away.starts_at < latest and away.ends_at > earliest
    where w.id = any (workers) and w.tenant_id = {TENANT_SQL}
        and (same.id = w.id or away.kind <> 'closed')
$$;

revoke execute on function closed_ranges(uuid[], timestamptz, timestamptz) from public;
grant execute on function closed_ranges(uuid[], timestamptz, timestamptz) to {APP};
"""

FORWARD = f"drop function {BUSY};" + busy(", lanes int4range", ", taken.lanes") + CLOSED
BACKWARD = (
    f"drop function closed_ranges(uuid[], timestamptz, timestamptz); drop function {BUSY};"
    + busy("", "")
)


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_calendars")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
