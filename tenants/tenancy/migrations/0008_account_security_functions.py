"""What a tenant may learn of its members' accounts, and the house of where a person is.

Accounts are kept by the house, and a change there holds money everywhere. These functions act as
their owner. A tenant gets answers about its own members only: names of methods, reasons and ends of
holds. The house, where people sign in, learns where a person has memberships and sessions, so that
all of them can be ended.
"""

from django.db import migrations

from kernel.context import HOUSE
from kernel.isolation import TENANT_SQL
from kernel.roles import APP

OF_HERE = f"""(
        {TENANT_SQL} = {HOUSE} or exists (
            select from tenancy_membership m
            where m.tenant_id = {TENANT_SQL} and m.user_id = person
        )
    )"""

FORWARD = f"""
create function proofs_of(person uuid, moment timestamptz, rest interval) returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
    select method from (
        select 'app' as method, 1 as place from mfa_authenticator a
            where a.user_id = person and a.type = 'totp'
        union all
        select 'email', 2 from tenancy_user u where u.id = person and u.email is not null
        union all
        select 'phone', 3 from tenancy_user u where u.id = person and u.phone is not null
    ) known
    where {OF_HERE} and not exists (
        select from tenancy_contactchange c
        where c.user_id = person and c.kind = known.method and c.at > moment - rest
    )
    order by place
$$;

create function money_holds_of(person uuid, moment timestamptz)
returns table (hold uuid, reason text, opened_at timestamptz, until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select h.id, h.reason, h.opened_at, h.until from tenancy_securityhold h
    where h.user_id = person and h.tenant_id in ({HOUSE}, {TENANT_SQL})
        and (h.until is null or h.until > moment) and {OF_HERE}
        and not exists (
            select from tenancy_holdrelease r
            where r.tenant_id = {TENANT_SQL} and r.hold_id = h.id and r.confirmed_at is not null
        )
    order by h.until desc nulls first, h.opened_at
$$;

create function tenants_of_person(person uuid) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct m.tenant_id from tenancy_membership m
    where m.user_id = person and {TENANT_SQL} = {HOUSE}
    order by 1
$$;

create function sessions_of_person(person uuid)
returns table (
    tenant bigint, record uuid, host text, device text, strong boolean, seen_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp as $$
    select s.tenant_id, s.id, s.host, s.device, s.strong, s.seen_at from tenancy_sessionrecord s
    where s.user_id = person and {TENANT_SQL} = {HOUSE}
    order by s.seen_at desc
$$;

revoke execute on function proofs_of(uuid, timestamptz, interval),
    money_holds_of(uuid, timestamptz), tenants_of_person(uuid), sessions_of_person(uuid)
from public;
grant execute on function proofs_of(uuid, timestamptz, interval),
    money_holds_of(uuid, timestamptz), tenants_of_person(uuid), sessions_of_person(uuid)
to {APP};
"""

BACKWARD = """
drop function sessions_of_person(uuid);
drop function tenants_of_person(uuid);
drop function money_holds_of(uuid, timestamptz);
drop function proofs_of(uuid, timestamptz, interval);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0007_account_security"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
