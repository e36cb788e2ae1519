"""Balances without a row of their own: a snapshot and what came since, whoever still writes."""

import pytest

from tests.support.books import Attacker, connect, enter

CHARGE = {"psp_pending": 700, "customer_deposit": -700}


def lazy(attacker: Attacker, kind: str) -> int:
    row = attacker.session.execute(
        "select ledger.lazy_balance(%s)", (attacker.account(kind),)
    ).fetchone()
    assert row is not None
    return row[0]


def summed(attacker: Attacker, kind: str) -> int:
    row = attacker.session.execute(
        "select sum(amount)::bigint from ledger.posting where account_id = %s",
        (attacker.account(kind),),
    ).fetchone()
    assert row is not None
    return row[0]


def snapshot(attacker: Attacker, kind: str) -> int:
    row = attacker.session.execute(
        "select balance from ledger.snapshot where account_id = %s", (attacker.account(kind),)
    ).fetchone()
    assert row is not None
    return row[0]


def take() -> None:
    with connect() as other:
        other.execute("select ledger.take_snapshots()")
        other.commit()


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_and_what_came_since_are_the_balance(books):
    before = summed(books, "psp_pending")
    assert lazy(books, "psp_pending") == before == 100_990

    take()
    assert snapshot(books, "psp_pending") == before
    books.post("charge.captured", CHARGE)
    books.session.commit()
    assert lazy(books, "psp_pending") == before + 700 == summed(books, "psp_pending")
    take()
    assert snapshot(books, "psp_pending") == before + 700
    assert lazy(books, "psp_pending") == before + 700


@pytest.mark.django_db(transaction=True)
def test_what_was_being_written_while_a_snapshot_was_taken_is_counted_once(books):
    before = lazy(books, "psp_pending")
    books.session.commit()
    with connect() as slow:
        enter(slow, books.tenant)
        writer = Attacker(slow, books.tenant, books.worker)
        writer.post("charge.captured", CHARGE)
        books.post("charge.captured", CHARGE)
        books.session.commit()

        take()
        assert snapshot(books, "psp_pending") == before + 700
        assert lazy(books, "psp_pending") == before + 700

        slow.commit()
    assert lazy(books, "psp_pending") == before + 1_400 == summed(books, "psp_pending")
    books.session.commit()
    take()
    assert snapshot(books, "psp_pending") == before + 1_400
    assert lazy(books, "psp_pending") == before + 1_400
