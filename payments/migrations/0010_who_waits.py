"""Which tenants wait for money at a provider: acts as its owner, crosses tenants, gives numbers."""

from django.db import migrations

from kernel.roles import APP

FORWARD = f"""
create function payments_tenants_waiting() returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select tenant_id from payments_payout where state in ('requested', 'unknown')
    union
    select tenant_id from payments_allocation where state = 'pending'
$$;
revoke execute on function payments_tenants_waiting() from public;
grant execute on function payments_tenants_waiting() to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0009_talk")]
    operations = [migrations.RunSQL(FORWARD, "drop function payments_tenants_waiting()")]
