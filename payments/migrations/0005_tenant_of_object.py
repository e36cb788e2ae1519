"""Finds whose a provider's object is: acts as its owner, crosses tenants, gives away a number."""

from django.db import migrations

from kernel.roles import APP

FORWARD = f"""
create function payments_tenant_of(provider_object text) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select tenant_id from payments_providerobject where object_id = provider_object
$$;
revoke execute on function payments_tenant_of(text) from public;
grant execute on function payments_tenant_of(text) to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_ledger_chart")]
    operations = [
        migrations.RunSQL(FORWARD, "drop function payments_tenant_of(text)"),
    ]
