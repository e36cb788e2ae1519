"""Shows the house what may be an attack anywhere: kinds, objects and moments, newest first."""

from django.db import migrations

from kernel.context import HOUSE
from kernel.isolation import TENANT_SQL
from kernel.roles import APP

FORWARD = f"""
create function security_events(since timestamptz, most integer)
returns table (of_tenant bigint, kind text, object_kind text, object_id text, facts text,
    at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.tenant_id, e.kind, e.object_kind, e.object_id, e.facts::text, e.at
    from tenancy_securityevent e
    where {TENANT_SQL} = {HOUSE} and e.at >= since
    order by e.at desc, e.id desc limit most
$$;
revoke execute on function security_events(timestamptz, integer) from public;
grant execute on function security_events(timestamptz, integer) to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0009_security_event")]
    operations = [migrations.RunSQL(FORWARD, "drop function security_events(timestamptz, integer)")]
