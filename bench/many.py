"""Many tenants from one: its people, services, weeks and index rows again and again, by bulk SQL.

Everybody has the calendar of somebody there, so what the index says of free times is true; where
they live is moved a little. Triggers that mark calendars as moved are off meanwhile.
"""

import sys
import time
from collections.abc import Mapping

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from bench.crowd import OFFERS, TABLES
from kernel.isolation import as_owner
from tenants.tenancy.models import Tenant

FIRST_NUMBER = 1_000_000  # Above every tenant that was opened as usual.
STIRRING = ("matching_occupancy", "matching_planrow")
AWAY = "0.02 * (random() - 0.5)"
MAPS = f"""
create unlogged table bench_template as
    select row_number() over (order by id) - 1 as number, id as worker_id, member_id
    from catalog_worker where tenant_id = %(template)s;
create unlogged table bench_category as
    select t.tenant_id, c.id as template_id, gen_random_uuid() as id
    from bench_tenant t, catalog_category c where c.tenant_id = %(template)s;
create unlogged table bench_service as
    select t.tenant_id, s.id as template_id, gen_random_uuid() as id, c.id as category_id
    from bench_tenant t
    join catalog_service s on s.tenant_id = %(template)s
    join bench_category c on c.tenant_id = t.tenant_id and c.template_id = s.category_id;
create unlogged table bench_person as
    select t.tenant_id, one.number, w.worker_id as template_id, w.member_id as template_member_id,
        gen_random_uuid() as id, gen_random_uuid() as member_id, gen_random_uuid() as user_id,
        {AWAY} as north, {AWAY} as east
    from bench_tenant t
    cross join lateral generate_series(1, t.people) one (number)
    join bench_template w
        on w.number = (one.number + 37 * t.number) %% (select count(*) from bench_template);
create index on bench_person (template_id);
create unlogged table bench_offer as
    select p.tenant_id, o.id as template_id, gen_random_uuid() as id, p.id as worker_id,
        s.id as service_id, s.category_id, p.north, p.east
    from bench_person p
    join catalog_workerservice o on o.worker_id = p.template_id
    join bench_service s on s.tenant_id = p.tenant_id and s.template_id = o.service_id;
analyze bench_person, bench_offer, bench_service;
"""
# Table → what it is copied beside, and the columns that differ; the others are the template's.
COPIES: dict[str, tuple[str, dict[str, str]]] = {
    "catalog_category": (
        "bench_category m join catalog_category t on t.id = m.template_id",
        {"id": "m.id", "tenant_id": "m.tenant_id", "parent_id": "null"},
    ),
    "catalog_service": (
        "bench_service m join catalog_service t on t.id = m.template_id",
        {"id": "m.id", "tenant_id": "m.tenant_id", "category_id": "m.category_id"},
    ),
    "tenancy_user": (
        """bench_person m join tenancy_membership l on l.id = m.template_member_id
        join tenancy_user t on t.id = l.user_id""",
        {"id": "m.user_id", "username": "m.user_id::text"},
    ),
    "tenancy_membership": (
        "bench_person m join tenancy_membership t on t.id = m.template_member_id",
        {"id": "m.member_id", "tenant_id": "m.tenant_id", "user_id": "m.user_id"},
    ),
    "catalog_worker": (
        "bench_person m join catalog_worker t on t.id = m.template_id",
        {
            "id": "m.id",
            "tenant_id": "m.tenant_id",
            "member_id": "m.member_id",
            "slug": "'bench-' || m.number",
            "base_latitude": "t.base_latitude + m.north",
            "base_longitude": "t.base_longitude + m.east",
        },
    ),
    "catalog_workerservice": (
        "bench_offer m join catalog_workerservice t on t.id = m.template_id",
        {
            "id": "m.id",
            "tenant_id": "m.tenant_id",
            "worker_id": "m.worker_id",
            "service_id": "m.service_id",
        },
    ),
    "matching_planrow": (
        "bench_person m join matching_planrow t on t.worker_id = m.template_id",
        {"id": "gen_random_uuid()", "tenant_id": "m.tenant_id", "worker_id": "m.id"},
    ),
    "matching_occupancy": (
        "bench_person m join matching_occupancy t on t.worker_id = m.template_id",
        {
            "id": "gen_random_uuid()",
            "tenant_id": "m.tenant_id",
            "worker_id": "m.id",
            "person_no": "person_number(m.user_id)",
            "ref": "'bench:' || m.id",
        },
    ),
    "matching_searchrow": (
        "bench_offer m join matching_searchrow t on t.offer_id = m.template_id",
        {
            "id": "gen_random_uuid()",
            "tenant_id": "m.tenant_id",
            "offer_id": "m.id",
            "worker_id": "m.worker_id",
            "service_id": "m.service_id",
            "category_id": "m.category_id",
            "latitude": "t.latitude + m.north",
            "longitude": "t.longitude + m.east",
            "public_latitude": "t.public_latitude + m.north",
            "public_longitude": "t.public_longitude + m.east",
        },
    ),
}


def grow(template: Tenant, sizes: list[int]) -> list[int]:
    """Make a tenant for each size in rows of the index; return their numbers."""
    numbers = [FIRST_NUMBER + place for place in range(len(sizes))]
    with as_owner():
        with transaction.atomic(), connection.cursor() as cursor:
            _open(cursor, template, sizes)
            cursor.execute(MAPS, {"template": template.pk})
            for table in STIRRING:
                cursor.execute(f"alter table {table} disable trigger user")
            for table, (source, changed) in COPIES.items():
                _copy(cursor, table, source, changed)
            for table in STIRRING:
                cursor.execute(f"alter table {table} enable trigger user")
        with connection.cursor() as cursor:
            cursor.execute(f"vacuum analyze {TABLES}, matching_occupancy, tenancy_membership")
    return numbers


def _open(cursor: CursorWrapper, template: Tenant, sizes: list[int]) -> None:
    cursor.execute("create unlogged table bench_tenant (number int, tenant_id bigint, people int)")
    cursor.executemany(
        "insert into bench_tenant values (%s, %s, %s)",
        [(place, FIRST_NUMBER + place, rows // OFFERS) for place, rows in enumerate(sizes)],
    )
    changed = {"id": "m.tenant_id", "slug": "'bench-many-' || m.number"}
    source = f"bench_tenant m join tenancy_tenant t on t.id = {template.pk}"
    _copy(cursor, "tenancy_tenant", source, changed)


def _copy(cursor: CursorWrapper, table: str, source: str, changed: Mapping[str, str]) -> None:
    cursor.execute(
        "select column_name from information_schema.columns where table_schema = 'public'"
        " and table_name = %s and is_generated = 'NEVER'",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall()]
    values = ", ".join(changed.get(name, f't."{name}"') for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    began = time.monotonic()
    cursor.execute(f"insert into {table} ({named}) select {values} from {source}")
    seconds = time.monotonic() - began
    sys.stderr.write(f"{table}: {cursor.rowcount:,} rows in {seconds:.0f} s\n")
    sys.stderr.flush()
