"""What the database refuses by itself: entries that are not whole, not covered, not allowed."""

from uuid import UUID, uuid4

import psycopg
import pytest

from kernel.ids import uuid7
from kernel.roles import LEDGER
from tests.support.books import (
    CHECK,
    DENIED,
    FOREIGN,
    ISOLATION,
    Attacker,
    connect,
    enter,
    next_tenant,
    refused,
)

CHARGE = {"psp_pending": 5, "customer_deposit": -5}


class TestShape:
    """An entry is whole, balanced, and closed."""

    @pytest.mark.parametrize(
        "legs",
        [
            {"psp_pending": 100, "customer_deposit": -99},
            {"psp_pending": 100},
            {"psp_pending": 0, "customer_deposit": 0},
            {"psp_pending": 10**15 + 1, "customer_deposit": -(10**15) - 1},
        ],
    )
    def test_an_entry_that_does_not_balance(self, books, legs):
        refused(books, CHECK, lambda: books.raw("charge.captured", legs))

    def test_an_entry_without_postings(self, books):
        refused(books, CHECK, books.entry)

    def test_postings_without_an_entry(self, books):
        legs = {books.account(name): amount for name, amount in CHARGE.items()}
        refused(books, CHECK, lambda: books.postings(uuid7(), legs))

    def test_postings_one_by_one(self, books):
        entry_id = books.entry()
        psp, deposit = books.account("psp_pending"), books.account("customer_deposit")

        def one_by_one() -> None:
            books.postings(entry_id, {psp: 5})
            books.postings(entry_id, {deposit: -5}, first=2)

        with pytest.raises(psycopg.Error) as error:
            one_by_one()
        assert error.value.sqlstate == CHECK

    def test_postings_added_by_a_second_statement(self, books):
        def twice() -> None:
            entry_id = books.raw("charge.captured", CHARGE)
            legs = {books.account(name): amount for name, amount in CHARGE.items()}
            books.postings(entry_id, legs, first=3)

        refused(books, CHECK, twice)

    def test_postings_added_to_an_old_entry(self, books):
        old = books.post("charge.captured", CHARGE)
        books.session.commit()
        legs = {books.account(name): amount for name, amount in CHARGE.items()}
        refused(books, CHECK, lambda: books.postings(old, legs, first=10))

    def test_an_entry_id_that_is_not_of_version_7(self, books):
        refused(books, CHECK, lambda: books.post("charge.captured", CHARGE, entry_id=uuid4()))

    def test_an_entry_id_of_an_hour_ago(self, books):
        old = UUID(int=uuid7().int - (3_600_000 << 80))
        refused(books, CHECK, lambda: books.post("charge.captured", CHARGE, entry_id=old))

    def test_a_snapshot_older_than_now(self, books):
        def in_repeatable_read() -> None:
            books.session.execute("set transaction isolation level repeatable read")
            books.post("charge.captured", CHARGE)

        refused(books, ISOLATION, in_repeatable_read)


class TestFunds:
    """No money that is not there."""

    def test_a_wallet_overdrawn_by_one(self, books):
        legs = {"worker_available": 9_000, "worker_in_transit": -9_000}
        refused(books, CHECK, lambda: books.post("cashout.requested", legs))
        refused(books, CHECK, lambda: books.raw("cashout.requested", legs))

    def test_exactly_all_and_then_one_more(self, books):
        legs = {"worker_available": 8_999, "worker_in_transit": -8_999}
        books.post("cashout.requested", legs)
        books.session.commit()
        one = {"worker_available": 1, "worker_in_transit": -1}
        refused(books, CHECK, lambda: books.post("cashout.requested", one))
        assert books.balance("worker_available") == 0

    def test_a_cash_out_paid_twice(self, books):
        legs = {"worker_in_transit": 1, "psp_connected": -1}
        books.post("cashout.paid", legs)
        books.session.commit()
        refused(books, CHECK, lambda: books.post("cashout.paid", legs))

    def test_more_recovered_than_owed(self, books):
        legs = {"worker_pending": 1, "worker_receivable": -1}
        refused(books, CHECK, lambda: books.post("job.released", legs))

    def test_an_advance_above_the_float(self, books):
        legs = {
            "worker_available": 5,
            "worker_in_transit": -5,
            "float_committed": 5,
            "operator_float": -5,
        }
        refused(books, CHECK, lambda: books.post("cashout.requested", legs))

    def test_a_frozen_wallet_earns_but_does_not_pay_out(self, books):
        books.session.execute("select ledger.freeze(%s, true)", (books.worker,))
        books.session.commit()
        one = {"worker_available": 1, "worker_in_transit": -1}
        refused(books, CHECK, lambda: books.post("cashout.requested", one))
        books.post("job.released", {"worker_pending": 10, "worker_available": -10})
        assert books.balance("worker_available") == 9_009

    def test_a_superuser_without_a_tenant_overdraws_nothing(self, books):
        with connect(as_owner=True) as owner:
            owner.execute(f"set role {LEDGER}")
            strong = Attacker(owner, books.tenant)
            entry_id = strong.entry("cashout.requested")
            numbers = {
                books.account("worker_available"): 10**9,
                books.account("worker_in_transit"): -(10**9),
            }
            with pytest.raises(psycopg.errors.CheckViolation, match="no_overdraft"):
                strong.postings(entry_id, numbers)
            owner.rollback()


class TestTenants:
    """One tenant, one currency."""

    @pytest.fixture
    def neighbour(self, books) -> Attacker:
        with connect() as session:
            other = Attacker(session, next_tenant())
            enter(session, other.tenant)
            other.post("charge.captured", CHARGE)
            session.commit()
        return other

    def account_next_door(self, neighbour: Attacker, kind: str) -> int:
        with connect() as session:
            enter(session, neighbour.tenant)
            return Attacker(session, neighbour.tenant).account(kind)

    def test_a_currency_the_account_does_not_have(self, books):
        refused(books, FOREIGN, lambda: books.raw("charge.captured", CHARGE, currency="USD"))

    def test_two_currencies_in_one_entry(self, books):
        pesos = books.account("psp_pending")
        dollars = books.account("customer_deposit", currency="USD")
        legs = {pesos: 5, dollars: -5}
        refused(books, FOREIGN, lambda: books.postings(books.entry(), legs))

    def test_an_account_of_another_tenant(self, books, neighbour):
        theirs = self.account_next_door(neighbour, "customer_deposit")
        legs = {books.account("psp_pending"): 5, theirs: -5}
        refused(books, FOREIGN, lambda: books.postings(books.entry(), legs))

    def test_an_entry_for_another_tenant(self, books, neighbour):
        refused(books, DENIED, lambda: books.entry(tenant=neighbour.tenant))
        elsewhere = {"tenant": neighbour.tenant}
        refused(books, DENIED, lambda: books.post("charge.captured", CHARGE, **elsewhere))

    def test_no_tenant_at_all(self, books):
        def without() -> None:
            enter(books.session, None)
            books.post("charge.captured", CHARGE)

        refused(books, DENIED, without)

    def test_an_entry_of_another_tenant_is_not_undone(self, books, neighbour):
        with connect() as session:
            enter(session, neighbour.tenant)
            row = session.execute("select id from ledger.entry").fetchone()
        assert row is not None
        refused(books, CHECK, lambda: books.undo(row[0], "cashout.failed", "x"))

    def test_rows_of_others_are_not_seen(self, books, neighbour):
        seen = "select count(*) from ledger.posting where tenant_id <> %s"
        assert books.session.execute(seen, (books.tenant,)).fetchone() == (0,)
        enter(books.session, None)
        assert books.session.execute("select count(*) from ledger.entry").fetchone() == (0,)


class TestRules:
    """Only what the chart allows; and a tip reaches nobody but its worker."""

    def test_an_unknown_kind(self, books):
        refused(books, CHECK, lambda: books.raw("anything", CHARGE))

    def test_the_wrong_side(self, books):
        legs = {"psp_pending": -5, "customer_deposit": 5}
        refused(books, CHECK, lambda: books.raw("charge.captured", legs))

    def test_an_account_that_is_not_named(self, books):
        legs = {"worker_available": 5, "tenant_pending": -5}
        refused(books, CHECK, lambda: books.post("cashout.requested", legs))

    @pytest.mark.parametrize(
        ("kind", "legs", "ref"),
        [
            ("tip.earned", {"tip_held": 100, "tenant_pending": -100}, "tip:1"),
            (
                "tip.earned",
                {"tip_held": 1_000, "worker_available": -900, "platform_fee": -100},
                "tip:1",
            ),
            (
                "tip.earned",
                {"tip_held": 1_000, "worker_available": -950, "psp_fee": -50},
                "tip:1",
            ),
            ("job.accrued", {"tip_held": 100, "tenant_pending": -100}, "tip:1"),
            ("tip.earned", {"tip_held": 1_000, "worker_available": -1_000}, "tip:2"),
            ("tip.earned", {"tip_held": 1_001, "worker_available": -1_001}, "tip:1"),
        ],
        ids=["tenant", "platform", "processor", "other kind", "other tip", "more than taken"],
    )
    def test_a_tip_goes_nowhere_else(self, books, kind, legs, ref):
        refused(books, CHECK, lambda: books.post(kind, legs, ref=ref))

    def test_a_tip_is_earned_once_under_any_number_of_keys(self, books):
        whole = {"tip_held": 1_000, "worker_available": -1_000}
        books.post("tip.earned", whole, ref="tip:1")
        books.session.commit()
        refused(books, CHECK, lambda: books.post("tip.earned", whole, ref="tip:1"))
