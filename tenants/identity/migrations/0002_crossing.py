"""From a badge's serial, or a customer's link, to the tenant it belongs to.

The badge host serves all tenants, so somebody has to look across the wall. These functions act as
their owner and give away a bare number to whoever already holds 130 random bits.
"""

from django.db import migrations

from kernel.roles import APP

FORWARD = f"""
create function badge_tenant(wanted text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select tenant_id from identity_badge where serial = wanted
$$;

create function visit_link_tenant(wanted text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select tenant_id from identity_visitlink where token = wanted
$$;

revoke execute on function badge_tenant(text), visit_link_tenant(text) from public;
grant execute on function badge_tenant(text), visit_link_tenant(text) to {APP};
"""

BACKWARD = """
drop function visit_link_tenant(text);
drop function badge_tenant(text);
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
