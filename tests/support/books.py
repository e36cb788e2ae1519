"""Books to attack: sessions of their own on the test database, with money in a ledger.

In them the application may insert rows, to show that the guards alone hold; elsewhere it may not
even that.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kernel.ids import uuid7
from kernel.roles import LEDGER
from payments.models import THE_BUSINESS

FIRST_TENANT = 10**12  # Far above real ones: what stays in the ledger disturbs nobody.
_tenants = count(FIRST_TENANT + time.time_ns() // 1_000_000)

CHECK, FOREIGN, UNIQUE, DENIED, ISOLATION = "23514", "23503", "23505", "42501", "25001"


def next_tenant() -> int:
    """Return the number of a tenant that nobody else has."""
    return next(_tenants)


def connect(*, as_owner: bool = False) -> psycopg.Connection[Any]:
    """Open a connection of its own to the test database."""
    known = connection.settings_dict
    who = settings.DATABASE_OWNER if as_owner else known
    parts = {"dbname": known["NAME"], "host": known["HOST"], "port": known["PORT"]}
    parts |= {"user": who["USER"], "password": who["PASSWORD"]}
    return psycopg.connect(**{key: value for key, value in parts.items() if value})


@dataclass
class Attacker:
    """A session of the application at one tenant, with accounts and some money in them."""

    session: psycopg.Connection[Any]
    tenant: int
    worker: UUID = field(default_factory=uuid4)

    def post(self, kind: str, legs: dict[str, int], **given: Any) -> UUID:
        """Write an entry the proper way."""
        kinds = list(legs)
        mine = [
            self.worker if each.startswith(("worker", "psp_connected")) else THE_BUSINESS
            for each in kinds
        ]
        statement = (
            "select ledger.post(%s, %s, %s, %s, %s, %s, %s::text[], %s::uuid[], %s::text[],"
            " %s::bigint[], now(), '{}', %s)"
        )
        values = (
            given.get("entry_id") or uuid7(),
            given.get("tenant", self.tenant),
            kind,
            given.get("key") or secrets.token_hex(8),
            given.get("ref", "booking:1"),
            given.get("currency", "MXN"),
            kinds,
            mine,
            [""] * len(kinds),
            list(legs.values()),
            given.get("undoes"),
        )
        row = self.session.execute(statement, values).fetchone()
        assert row is not None
        return row[0]

    def undo(self, entry: UUID, kind: str, key: str) -> None:
        """Undo an entry the proper way."""
        self.session.execute(
            "select ledger.undo(%s, %s, %s, %s, %s)", (uuid7(), self.tenant, entry, kind, key)
        )

    def account(self, kind: str, *, currency: str = "MXN", tenant: int | None = None) -> int:
        """Return an account's number."""
        row = self.session.execute(
            "select id from ledger.account where kind = %s and currency = %s and tenant_id = %s",
            (kind, currency, tenant or self.tenant),
        ).fetchone()
        assert row is not None, kind
        return row[0]

    def entry(self, kind: str = "charge.captured", **given: Any) -> UUID:
        """Insert an entry by hand."""
        entry_id = given.get("entry_id") or uuid7()
        self.session.execute(
            "insert into ledger.entry (id, tenant_id, kind, idem_key, ref, reverses)"
            " values (%s, %s, %s, %s, %s, %s)",
            (
                entry_id,
                given.get("tenant", self.tenant),
                kind,
                given.get("key") or secrets.token_hex(8),
                given.get("ref", "booking:1"),
                given.get("reverses"),
            ),
        )
        return entry_id

    def postings(self, entry_id: UUID, legs: dict[int, int], **given: Any) -> None:
        """Insert postings by hand, all in one statement."""
        self.session.execute(
            "insert into ledger.posting (entry_id, seq, tenant_id, account_id, currency, amount)"
            " select %s, %s + place - 1, %s, account, %s, amount"
            " from unnest(%s::bigint[], %s::bigint[]) with ordinality leg (account, amount, place)",
            (
                entry_id,
                given.get("first", 1),
                given.get("tenant", self.tenant),
                given.get("currency", "MXN"),
                list(legs),
                list(legs.values()),
            ),
        )

    def raw(self, kind: str, legs: dict[str, int], **given: Any) -> UUID:
        """Insert a whole entry by hand."""
        entry_id = self.entry(kind, **given)
        numbers = {self.account(name): amount for name, amount in legs.items()}
        self.postings(entry_id, numbers, **given)
        return entry_id

    def balance(self, kind: str) -> int:
        """Return what is on a strict account."""
        row = self.session.execute(
            "select balance from ledger.balance where account_id = %s", (self.account(kind),)
        ).fetchone()
        assert row is not None
        return row[0]


@pytest.fixture(scope="module")
def may_insert(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let the application insert raw rows, until the end of this module."""
    with django_db_blocker.unblock(), connect(as_owner=True) as owner:
        owner.execute(f"set role {LEDGER}")
        owner.execute("grant insert on ledger.posting to oficio_app")
        columns = "id, tenant_id, kind, idem_key, ref, reverses, effective_at, meta"
        owner.execute(f"grant insert ({columns}) on ledger.entry to oficio_app")
        owner.commit()
        yield
        owner.execute("revoke insert on ledger.posting, ledger.entry from oficio_app")
        owner.commit()


def enter(session: psycopg.Connection[Any], tenant: int | None) -> None:
    told = "" if tenant is None else str(tenant)
    session.execute("select set_config('app.tenant_id', %s, false)", (told,))


@pytest.fixture
def books(may_insert: None, django_db_blocker: Any) -> Iterator[Attacker]:
    """A tenant whose worker has 9 000 available, 1 000 pending, and a held tip of 1 000."""
    with django_db_blocker.unblock(), connect() as session:
        attacker = Attacker(session, next_tenant())
        enter(session, attacker.tenant)
        attacker.post("charge.captured", {"psp_pending": 100_000, "customer_deposit": -100_000})
        shares = {"customer_deposit": 11_000, "worker_pending": -10_000, "tenant_pending": -1_000}
        attacker.post("job.accrued", shares)
        attacker.post("job.released", {"worker_pending": 9_000, "worker_available": -9_000})
        tip = {"psp_pending": 1_000, "tip_held": -1_000}
        attacker.post("tip.captured", tip, ref="tip:1")
        fees = {"psp_fee": 10, "psp_pending": -10}
        attacker.post("psp.fee", fees)
        attacker.post("cashout.requested", {"worker_available": 1, "worker_in_transit": -1})
        attacker.post("charge.captured", {"psp_pending": 5, "customer_deposit": -5}, currency="USD")
        session.commit()
        yield attacker
        session.rollback()


def refused(attacker: Attacker, state: str, attack: Callable[[], object]) -> None:
    """Make sure the database refuses, at the latest at commit, and nothing is left behind."""
    count_rows = "select (select count(*) from ledger.entry), (select count(*) from ledger.posting)"
    before = attacker.session.execute(count_rows).fetchone()
    attacker.session.commit()

    def attack_and_commit() -> None:
        attack()
        attacker.session.commit()

    with pytest.raises(psycopg.Error) as error:
        attack_and_commit()
    attacker.session.rollback()
    enter(attacker.session, attacker.tenant)
    assert error.value.sqlstate == state, error.value
    assert attacker.session.execute(count_rows).fetchone() == before
