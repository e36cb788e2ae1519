"""Builds the wall that `kernel.isolation` describes. Run again, it touches only what is bare."""

from django.apps import apps
from django.db import transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from kernel.isolation import ALL_RIGHTS, GLOBAL_KEYS, SHARED, TENANT_SQL
from kernel.roles import APP, OWNER

THIS_TENANT = f"tenant_id = (select {TENANT_SQL})"  # A sub-select runs once per statement.

_TABLES = """
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
"""
TABLES = f"{_TABLES} order by relname"
WITHOUT_TENANT = f"""{_TABLES} and not exists (
    select from pg_attribute where attrelid = pg_class.oid and attname = 'tenant_id'
) order by relname"""
WITHOUT_POLICY = f"""{_TABLES} and not exists (
    select from pg_policy where polrelid = pg_class.oid and polname = 'one_tenant'
) order by relname"""
UNIQUE_CONSTRAINTS = """
    select c.conname, array_agg(a.attname::text order by k.place)
    from pg_constraint c
    cross join unnest(c.conkey) with ordinality k (attnum, place)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    where c.contype = 'u' and c.conrelid = %s::regclass
    group by c.conname order by c.conname
"""
SIMPLE_FOREIGN_KEYS = """
    select c.conname, a.attname, r.relname, k.attname
    from pg_constraint c
    join pg_class r on r.oid = c.confrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute k on k.attrelid = c.confrelid and k.attnum = c.confkey[1]
    where c.contype = 'f' and c.conrelid = %s::regclass and cardinality(c.conkey) = 1
    order by c.conname
"""


@transaction.atomic
def wall_all(cursor: CursorWrapper) -> int:
    """Wall every table and hand out rights; return how many tables stand behind the wall."""
    cursor.execute(f"grant usage on schema public to {APP}")
    _adopt(cursor, _tables(cursor, WITHOUT_TENANT))
    for table in _tables(cursor, WITHOUT_POLICY):
        _wall(cursor, table)
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    walled = _tables(cursor, TABLES)
    ours = {table for table in walled if table in models and _has_tenant_field(models[table])}
    for table in sorted(ours):
        _tie_foreign_keys(cursor, table, ours)
    for table in walled:
        _grant(cursor, table, getattr(models.get(table), "rights", ALL_RIGHTS))
    for table, (_, rights) in SHARED.items():
        _grant(cursor, table, rights)
    cursor.execute(f"grant usage, select on all sequences in schema public to {APP}")
    return len(walled)


def _adopt(cursor: CursorWrapper, tables: list[str]) -> None:
    """Give other people's tables our column. The rows they came with are nobody's, and go."""
    if tables:
        cursor.execute(f"truncate {', '.join(tables)}")
    for table in tables:
        cursor.execute(
            f"""
            alter table {table} add tenant_id bigint not null default {TENANT_SQL}
                references tenancy_tenant;
            create index on {table} (tenant_id)
            """
        )
        _tie_unique_constraints(cursor, table)


def _wall(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(
        f"""
        alter table {table} enable row level security, force row level security;
        create policy one_tenant on {table} to {APP}
            using ({THIS_TENANT}) with check ({THIS_TENANT});
        create policy owner_migrates on {table} to {OWNER} using (true) with check (true)
        """
    )


def _tie_unique_constraints(cursor: CursorWrapper, table: str) -> None:
    """Let two tenants use the same name."""
    cursor.execute(UNIQUE_CONSTRAINTS, [table])
    for name, columns in cursor.fetchall():
        if GLOBAL_KEYS.isdisjoint(columns):
            listed = ", ".join(f'"{column}"' for column in columns)
            cursor.execute(
                f"""
                alter table {table} drop constraint "{name}",
                add constraint "{name}" unique (tenant_id, {listed})
                """
            )


def _tie_foreign_keys(cursor: CursorWrapper, table: str, ours: set[str]) -> None:
    """Replace Django's foreign keys by ones that carry the tenant, and hold at once."""
    cursor.execute(SIMPLE_FOREIGN_KEYS, [table])
    for name, column, target, key in cursor.fetchall():
        if target in ours:
            cursor.execute(
                f"""
                create unique index if not exists {target}_in_tenant on {target} (tenant_id, {key});
                alter table {table} drop constraint "{name}", add constraint "{name}"
                    foreign key (tenant_id, {column}) references {target} (tenant_id, {key})
                """
            )


def _grant(cursor: CursorWrapper, table: str, rights: str) -> None:
    cursor.execute(f"revoke all on {table} from {APP}")
    if rights:
        cursor.execute(f"grant {rights} on {table} to {APP}")


def _has_tenant_field(model: type[Model]) -> bool:
    return any(field.column == "tenant_id" for field in model._meta.concrete_fields)


def _tables(cursor: CursorWrapper, query: str) -> list[str]:
    """Return the tables a query names, shared ones left out."""
    cursor.execute(query)
    return [name for (name,) in cursor.fetchall() if name not in SHARED]
