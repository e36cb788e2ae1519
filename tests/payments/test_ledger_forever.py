"""What is in the ledger stays there, once: not even the owner of its tables changes it."""

from uuid import UUID

import psycopg
import pytest

from kernel.roles import LEDGER
from tests.support.books import (
    CHECK,
    DENIED,
    UNIQUE,
    connect,
    refused,
)

CHARGE = {"psp_pending": 5, "customer_deposit": -5}
APPEND_ONLY = [
    "update ledger.posting set amount = amount",
    "delete from ledger.posting",
    "truncate ledger.posting",
    "update ledger.entry set ref = ref",
    "delete from ledger.entry",
    "truncate ledger.entry cascade",
    "update ledger.account set owner_id = owner_id",
    "delete from ledger.account",
    "update ledger.balance set balance = balance + 1",
    "delete from ledger.balance",
    "insert into ledger.balance (account_id, tenant_id, normal, balance) values (-1, 1, 1, 9)",
]


class TestForever:
    """Nothing is changed afterwards."""

    @pytest.mark.parametrize(
        "statement",
        [
            *APPEND_ONLY,
            "insert into ledger.account (tenant_id, kind, owner_id, currency, normal, strict)"
            " values (1, 'worker_available', gen_random_uuid(), 'MXN', -1, false)",
            "insert into ledger.entry_rule values ('tip.earned', 'platform_fee', -1)",
            "insert into ledger.reversal_rule values ('x', 'tip.earned')",
            "insert into ledger.entry (id, tenant_id, kind, idem_key, ref, posted_at)"
            " values (gen_random_uuid(), 1, 'charge.captured', 'f', 'r', '2020-01-01')",
            "alter table ledger.posting disable trigger all",
            "drop trigger prove on ledger.posting",
            "set session_replication_role = replica",
            "set role oficio_ledger",
        ],
    )
    def test_not_by_the_application(self, books, statement):
        refused(books, DENIED, lambda: books.session.execute(statement))

    @pytest.mark.parametrize("statement", APPEND_ONLY)
    def test_nor_by_the_owner_of_the_tables(self, books, statement):
        with connect(as_owner=True) as owner:
            owner.execute(f"set role {LEDGER}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                owner.execute(statement)
            owner.rollback()

    def test_the_owner_makes_no_wallet_without_a_floor(self, books):
        with connect(as_owner=True) as owner:
            owner.execute(f"set role {LEDGER}")
            with pytest.raises(psycopg.errors.ForeignKeyViolation):
                owner.execute(
                    "insert into ledger.account"
                    " (tenant_id, kind, owner_id, currency, normal, strict)"
                    " values (1, 'worker_available', gen_random_uuid(), 'MXN', -1, false)"
                )
            owner.rollback()


class TestOnce:
    """A fact is written once."""

    def test_a_key_twice_by_hand(self, books):
        def twice() -> None:
            books.raw("charge.captured", CHARGE, key="K")
            books.raw("charge.captured", CHARGE, key="K")

        refused(books, UNIQUE, twice)

    def test_the_same_fact_again_is_the_first_entry(self, books):
        first = books.post("charge.captured", CHARGE, key="K")
        books.session.commit()
        assert books.post("charge.captured", CHARGE, key="K") == first

    @pytest.mark.parametrize(
        ("kind", "legs", "ref"),
        [
            ("charge.captured", {"psp_pending": 6, "customer_deposit": -6}, "booking:1"),
            ("psp.fee", {"psp_fee": 5, "psp_pending": -5}, "booking:1"),
            ("charge.captured", CHARGE, "booking:2"),
        ],
    )
    def test_a_key_for_something_else(self, books, kind, legs, ref):
        books.post("charge.captured", CHARGE, key="K")
        books.session.commit()
        refused(books, UNIQUE, lambda: books.post(kind, legs, key="K", ref=ref))

    @pytest.fixture
    def cash_out(self, books) -> UUID:
        legs = {"worker_available": 10, "worker_in_transit": -10}
        entry = books.post("cashout.requested", legs, ref="cashout:1")
        books.session.commit()
        return entry

    def test_undoing_gives_everything_back_once(self, books, cash_out):
        before = books.balance("worker_available")
        books.undo(cash_out, "cashout.failed", "failed")
        books.session.commit()
        assert books.balance("worker_available") == before + 10
        refused(books, UNIQUE, lambda: books.undo(cash_out, "cashout.failed", "again"))

    def test_undoing_is_an_exact_mirror(self, books, cash_out):
        legs = {"worker_available": -9, "worker_in_transit": 9}
        refused(books, CHECK, lambda: books.raw("cashout.failed", legs, reverses=cash_out))

    def test_an_undoing_is_not_undone(self, books, cash_out):
        books.undo(cash_out, "cashout.failed", "failed")
        row = books.session.execute(
            "select id from ledger.entry where reverses = %s", (cash_out,)
        ).fetchone()
        assert row is not None
        books.session.commit()
        refused(books, CHECK, lambda: books.undo(row[0], "cashout.failed", "x"))

    def test_only_named_kinds_can_be_undone(self, books):
        whole = {"tip_held": 1_000, "worker_available": -1_000}
        earned = books.post("tip.earned", whole, ref="tip:1")
        books.session.commit()
        refused(books, CHECK, lambda: books.undo(earned, "cashout.failed", "x"))


def test_after_all_attacks_every_balance_equals_its_postings(books):
    with connect(as_owner=True) as owner:
        owner.execute(f"set role {LEDGER}")
        drift = owner.execute(
            "select count(*) from ledger.balance b left join ("
            "  select account_id, sum(amount) as moved from ledger.posting group by account_id"
            ") p using (account_id) where b.balance <> b.normal * coalesce(p.moved, 0)"
        ).fetchone()
        unbalanced = owner.execute("select coalesce(sum(amount), 0) from ledger.posting").fetchone()
        assert (drift, unbalanced) == ((0,), (0,))
