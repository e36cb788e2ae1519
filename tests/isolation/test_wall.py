"""The wall between tenants, as PostgreSQL sees it: no table forgotten, no way around it."""

import re

import pytest
from django.db import connection

from kernel.isolation import GLOBAL_KEYS, SHARED, as_owner
from kernel.roles import APP, OWNER
from kernel.wall import wall_all
from tests.isolation.catalogue import ask, names, tables, tables_without

pytestmark = pytest.mark.django_db

# Functions that act as their owner and so see every tenant. Each gives away only what it must.
CROSSING = {
    "outbox_number": "counts a tenant's events at commit; nobody calls it",
    "outbox_claim": "numbers of events that wait",
    "timers_due": "ids of timers that are due",
    "badge_tenant": "which tenant a badge's token belongs to",
    "visit_link_tenant": "which tenant a visit's link belongs to",
    "lock_calendar": "one booking at a time per person; gives nothing away",
    "payments_tenant_of": "which tenant a provider's object belongs to",
    "payments_controls": "for the house: sums that must be equal, by tenant",
    "payments_at_provider": "for the house: a tenant's sum at the provider",
    "payments_connected": "for the house: what should lie on a payee's account",
    "payments_line_facts": "for the house: amounts of what the provider's lines are about",
    "payments_without_line": "for the house: what no line is about",
    "payments_flow": "for the house: a tenant's money in and out",
    "payments_flow_by_provider": "for the house: a tenant's money in and out, by company",
    "payments_bank_figures": "for the house: a tenant's bank beside its books, two sums",
    "payments_floats": "for the house: sums of what was lent to tenants",
    "payments_accounts": "for the house: names of accounts at the provider",
    "security_events": "for the house: kinds and moments of what may be attacks",
    "payments_tenants_waiting": "numbers of tenants that wait for money at a provider",
    "busy_ranges": "when a person is busy anywhere: bare ranges",
    **dict.fromkeys(
        ("stir_taken", "stir_away", "stir_plan", "stir_own_times"),
        "marks that a person's calendar moved; nobody calls it",
    ),
    "closed_ranges": "when a person is away from everywhere: bare ranges",
    "proofs_of": "by which methods a member can confirm: their names",
    "money_holds_of": "why and until when a member's money waits",
    "tenants_of_person": "for the house only: where somebody is a member",
    "sessions_of_person": "for the house only: where somebody is signed in",
    "open_balance": "the ledger's own guard; nobody calls it",
    "entry_has_postings": "the ledger's own guard; nobody calls it",
    "prove": "the ledger's own guard; nobody calls it",
    "post": "the only way to write the ledger, for this tenant",
    "undo": "the only way to take an entry back, by another, for this tenant",
    "take_snapshots": "sums up accounts; gives only how many",
    "freeze": "stops an account of this tenant",
}
# Columns whose values mean the same everywhere: a clash on them tells nobody who else is here.
KNOWN_GLOBAL_KEYS = {
    *("hostname", "token", "session_key", "object_id", "serial", "handle", "key_hash"),
}
# Accounts are people's own: these tables hold rows of the house only.
OF_THE_HOUSE = {"unique_primary_email", "unique_verified_email", "unique_authenticator_type"}
# Schemas with walls and tests of their own.
OTHER_SCHEMAS = {"public", "pgmq", "ledger"}
HAS_TENANT = (
    "exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'"
    " and a.attnotnull and format_type(a.atttypid, a.atttypmod) = 'bigint')"
)


def test_every_table_has_a_tenant_or_a_reason_to_have_none():
    assert tables_without(HAS_TENANT) - {"tenancy_tenant"} <= SHARED.keys()
    assert all(reason for reason, _ in SHARED.values())


def test_no_reason_outlives_its_table():
    assert set(tables()) >= SHARED.keys()


def test_row_level_security_is_on_and_forced_on_every_table_that_is_not_shared():
    bare = tables_without("c.relrowsecurity and c.relforcerowsecurity")
    assert bare <= SHARED.keys()
    unguarded = {name for name in bare if "update" in SHARED[name][1]}
    assert unguarded == set()


def test_every_policy_is_the_same_and_there_is_no_second_one():
    policies = ask(
        "select c.relname, p.polname, p.polcmd::text, p.polpermissive,"
        " pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),"
        " (select array_agg(rolname::text) from pg_roles where oid = any (p.polroles))"
        " from pg_policy p join pg_class c on c.oid = p.polrelid"
        " where c.relnamespace = 'public'::regnamespace order by 1, 2"
    )
    walled = [row for row in policies if row[0] not in SHARED]
    kinds = {row[1:4] + tuple(map(_plain, row[4:6])) + (tuple(row[6]),) for row in walled}
    mine = (
        "tenant_id=selectnullifcurrent_setting'app.tenant_id'::text,true,"
        "''::text::bigintas\"nullif\""
    )
    assert kinds == {
        ("one_tenant", "*", True, mine, mine, (APP,)),
        ("owner_migrates", "*", True, "true", "true", (OWNER,)),
    }
    assert len(walled) == 2 * len([name for name in tables() if name not in SHARED])


def _plain(expression: object) -> str:
    return re.sub(r"[\s()]", "", str(expression)).lower()


def test_the_tenant_is_filled_in_by_the_database():
    missing = names(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum"
        " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
        " and a.attname = 'tenant_id' and (d.oid is null"
        " or pg_get_expr(d.adbin, d.adrelid) not like '%%app.tenant_id%%')"
    )
    assert set(missing) <= SHARED.keys() | {"kernel_eventcounter"}


def test_every_unique_constraint_carries_the_tenant_or_is_about_chance_or_the_world():
    uniques = ask(
        "select c.relname, i.relname, array_agg(a.attname::text order by k.place)"
        " from pg_index x join pg_class c on c.oid = x.indrelid"
        " join pg_class i on i.oid = x.indexrelid"
        " cross join unnest(x.indkey) with ordinality k (attnum, place)"
        " join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum"
        " where c.relnamespace = 'public'::regnamespace and x.indisunique and not x.indisprimary"
        " group by 1, 2"
    )
    loose = [
        (table, index, columns)
        for table, index, columns in uniques
        if table not in SHARED and "tenant_id" not in columns and index not in OF_THE_HOUSE
        if GLOBAL_KEYS.isdisjoint(columns) and not _is_reference(table, columns)
    ]
    assert loose == []


def _is_reference(table: object, columns: list[str]) -> bool:
    """Tell whether a unique set of columns holds a foreign key to a row that carries the tenant."""
    found = names(
        "select a.attname from pg_constraint f"
        " join pg_attribute a on a.attrelid = f.conrelid and a.attnum = any (f.conkey)"
        " join pg_class r on r.oid = f.confrelid"
        " where f.contype = 'f' and f.conrelid = %s::regclass and r.relname <> all (%s)",
        [table, list(SHARED)],
    )
    return not set(found).isdisjoint(columns)


def test_foreign_keys_between_our_tables_carry_the_tenant_and_hold_at_once():
    loose = ask(
        "select f.conname from pg_constraint f"
        " join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid"
        " join pg_attribute own on own.attrelid = c.oid and own.attname = 'id'"
        "   and format_type(own.atttypid, null) = 'uuid'"
        " join pg_attribute other on other.attrelid = r.oid and other.attname = 'id'"
        "   and format_type(other.atttypid, null) = 'uuid'"
        " where f.contype = 'f' and c.relnamespace = 'public'::regnamespace"
        " and c.relname <> all (%s) and r.relname <> all (%s)"
        " and (cardinality(f.conkey) = 1 or f.condeferrable)",
        [list(SHARED), list(SHARED)],
    )
    assert loose == []


def test_the_application_may_truncate_nothing_and_owns_nothing():
    truncatable = names(
        "select c.oid::regclass::text from pg_class c where c.relkind in ('r', 'p')"
        " and c.relnamespace::regnamespace::text !~ '^pg_|information_schema|pgmq'"
        " and has_table_privilege(%s, c.oid, 'TRUNCATE')",
        [APP],
    )
    owned = names(
        "select c.oid::regclass::text from pg_class c join pg_roles r on r.oid = c.relowner"
        " where r.rolname = %s and c.relnamespace::regnamespace::text !~ '^pg_'",
        [APP],
    )
    assert (truncatable, owned) == ([], [])


def test_the_application_can_neither_bypass_nor_become_anybody():
    (row,) = ask(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " from pg_roles where rolname = %s",
        [APP],
    )
    assert row == (False,) * 5
    stronger = names(
        "select rolname from pg_roles where pg_has_role(%s, oid, 'MEMBER')"
        " and (rolsuper or rolbypassrls or rolname = %s)",
        [APP, OWNER],
    )
    assert stronger == []
    (creates,) = ask("select has_schema_privilege(%s, 'public', 'CREATE')", [APP])
    assert creates == (False,)


def test_we_are_connected_as_the_application():
    assert ask("select current_user::text") == [(APP,)]


def test_there_is_no_view_to_look_around_the_wall():
    assert (
        names(
            "select c.oid::regclass::text from pg_class c where c.relkind in ('v', 'm')"
            " and c.relnamespace::regnamespace::text = any (%s)"
            " and not coalesce('security_invoker=true' = any (c.reloptions), false)",
            [["public", "ledger"]],
        )
        == []
    )


def test_there_is_no_schema_that_nobody_tests():
    found = names(
        "select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> %s",
        ["information_schema"],
    )
    assert set(found) <= OTHER_SCHEMAS


def test_the_functions_that_cross_tenants_are_known_by_name():
    found = ask(
        "select proname::text, coalesce(proconfig::text, ''),"
        " has_function_privilege('public', oid, 'EXECUTE')"
        " from pg_proc where prosecdef and pronamespace::regnamespace::text !~ '^pg_|pgmq'"
    )
    assert {name for name, _, _ in found} <= CROSSING.keys()
    assert CROSSING.keys() <= {name for name, _, _ in found}
    assert [name for name, settings, _ in found if "search_path=" not in str(settings)] == []
    assert [name for name, _, everybody in found if everybody] == []


def test_no_new_key_became_global_without_being_noticed():
    assert GLOBAL_KEYS == KNOWN_GLOBAL_KEYS


def test_append_only_tables_take_no_edits():
    editable = names(
        "select c.relname from pg_class c where c.relname = any (%s) and"
        " (has_table_privilege(%s, c.oid, 'UPDATE') or has_table_privilege(%s, c.oid, 'DELETE'))",
        [
            ["kernel_handledevent", "support_caseevent", "support_decisionrecord"],
            APP,
            APP,
        ],
    )
    assert editable == []


@pytest.mark.django_db(transaction=True)
def test_walling_twice_changes_nothing():
    before = _shape()
    with as_owner(), connection.cursor() as cursor:
        walled = wall_all(cursor)
    assert _shape() == before
    assert walled == len([name for name in tables() if name not in SHARED])


def _shape() -> list[tuple[object, ...]]:
    return ask(
        "select c.relname, c.relacl::text, c.relrowsecurity, c.relforcerowsecurity,"
        " (select array_agg(conname || pg_get_constraintdef(oid) order by conname)"
        "  from pg_constraint where conrelid = c.oid),"
        " (select array_agg(indexrelid::regclass::text order by 1) from pg_index"
        "  where indrelid = c.oid)"
        " from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
        " order by 1"
    )
