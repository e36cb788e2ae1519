"""Who may see an account, and who may open a tenant.

Accounts belong to people, not to tenants. A tenant sees the accounts of its members; the house,
where people sign in, sees all. Everybody may look up a tenant by its host; only the house opens
one.
"""

from django.db import migrations

from kernel.context import HOUSE
from kernel.isolation import TENANT_SQL
from kernel.roles import APP, OWNER

AT_HOME = f"(select {TENANT_SQL}) = {HOUSE}"

FORWARD = f"""
alter table tenancy_tenant alter id restart with 1000;

alter table tenancy_user enable row level security, force row level security;
create policy members on tenancy_user to {APP}
    using ({AT_HOME} or id in (select user_id from tenancy_membership));
create policy owner_migrates on tenancy_user to {OWNER} using (true) with check (true);
"""
for table in ("tenancy_tenant", "tenancy_domain"):
    FORWARD += f"""
alter table {table} enable row level security, force row level security;
create policy look_up on {table} for select to {APP} using (true);
create policy open on {table} for insert to {APP} with check ({AT_HOME});
create policy edit on {table} for update to {APP} using ({AT_HOME});
create policy owner_migrates on {table} to {OWNER} using (true) with check (true);
"""

BACKWARD = """
drop policy members on tenancy_user;
drop policy owner_migrates on tenancy_user;
alter table tenancy_user no force row level security, disable row level security;
"""
for table in ("tenancy_tenant", "tenancy_domain"):
    BACKWARD += f"""
drop policy look_up on {table};
drop policy open on {table};
drop policy edit on {table};
drop policy owner_migrates on {table};
alter table {table} no force row level security, disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
