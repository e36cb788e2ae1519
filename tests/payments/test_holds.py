"""Money that rests: taken from where it is, never more than there is, and back to the cent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from kernel import clock
from kernel.timers import run_due_of
from payments.actions.accrue import accrue
from payments.actions.hold import open_hold, release_hold
from payments.actions.release import release
from payments.models import Allocation, Entry, Hold
from payments.queries import balance_of, holds_of
from payments.rules.refusals import AmountInvalid, HoldTooSmall
from tests.support.worlds_money import WORKED, done, earns, member_id, mxn, paid

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def delivered(ana, clara):
    """Ana has delivered the worked job; it is not completed."""
    payment = paid(clara)
    accrue(
        reference=payment.reference,
        worker_member_id=member_id(ana),
        payment_id=payment.pk,
        blocks=WORKED,
        key="delivered",
    )
    return payment


def wallet(worker) -> dict[str, int]:
    names = ("pending", "available", "reserve")
    return {name: balance_of(member_id(worker), f"worker_{name}", "MXN").minor for name in names}


def held(worker, minor, **more) -> Hold:
    asked = {"reason": "review", "until": None, "about": f"test:{uuid4()}"} | more
    return open_hold(member_id=member_id(worker), amount=mxn(minor), **asked)


def test_a_hold_takes_the_jobs_pending_share_before_what_is_available(ana, clara, delivered):
    earns(ana, 10_000, payer=clara)
    hold = held(ana, 55_000, about=delivered.reference)

    assert (hold.amount_minor, hold.remaining_minor, hold.asked_minor) == (55_000,) * 3
    assert wallet(ana) == {"pending": 0, "available": 6_040, "reserve": 55_000}
    assert [each.pk for each in holds_of(member_id(ana))] == [hold.pk]


def test_a_hold_never_takes_another_jobs_pending_share(ana, clara, delivered):
    hold = held(ana, 55_000, about="booking:another")

    assert (hold.amount_minor, hold.asked_minor) == (0, 55_000)
    assert wallet(ana) == {"pending": 51_040, "available": 0, "reserve": 0}
    assert not holds_of(member_id(ana)).exists()


def test_a_hold_takes_at_most_what_there_is(ana, clara):
    earns(ana, 10_000, payer=clara)
    hold = held(ana, 10_001)

    assert hold.amount_minor == 10_000
    assert wallet(ana) == {"pending": 0, "available": 0, "reserve": 10_000}


def test_holding_for_one_cause_twice_holds_once(ana, clara):
    earns(ana, 10_000, payer=clara)
    first = held(ana, 2_000, about="x")
    entries = Entry.objects.count()

    assert held(ana, 3_000, about="x") == first
    assert Entry.objects.count() == entries


def test_releasing_in_parts_gives_every_cent_back(ana, clara):
    earns(ana, 10_000, payer=clara)
    hold = held(ana, 4_000)
    release_hold(hold_id=hold.pk, amount=mxn(1_500))

    assert wallet(ana) == {"pending": 0, "available": 7_500, "reserve": 2_500}
    released = release_hold(hold_id=hold.pk)
    assert released.remaining_minor == 0
    assert released.closed_at is not None
    assert wallet(ana) == {"pending": 0, "available": 10_000, "reserve": 0}
    assert release_hold(hold_id=hold.pk).steps == 2


@pytest.mark.parametrize("minor", [0, -1, 4_001])
def test_releasing_more_than_is_held_changes_nothing(ana, clara, minor):
    earns(ana, 10_000, payer=clara)
    hold = held(ana, 4_000)
    with pytest.raises(HoldTooSmall):
        release_hold(hold_id=hold.pk, amount=mxn(minor))

    assert wallet(ana) == {"pending": 0, "available": 6_000, "reserve": 4_000}


def test_holding_nothing_is_refused(ana):
    with pytest.raises(AmountInvalid):
        held(ana, 0)
    assert not Hold.objects.exists()


def test_completing_a_job_releases_only_what_is_not_held(ana, clara, delivered):
    hold = held(ana, 11_040, about=delivered.reference)
    release(reference=delivered.reference, key="completed")

    assert wallet(ana) == {"pending": 0, "available": 45_000, "reserve": 11_040}
    assert moved(ana) == {"worker": 40_000, "tip": 5_000}

    release_hold(hold_id=hold.pk)
    assert wallet(ana) == {"pending": 0, "available": 56_040, "reserve": 0}
    assert moved(ana) == {"worker": 51_040, "tip": 5_000}


def moved(worker) -> dict[str, int]:
    """Return what is to be moved to a worker's account at the provider, by purpose."""
    rows = Allocation.objects.filter(payee__member_id=worker.member_id).values("purpose")
    return {row["purpose"]: row["sum"] for row in rows.annotate(sum=Sum("amount_minor"))}


def test_a_hold_on_what_was_available_moves_nothing_twice(ana, clara):
    payment = paid(clara)
    done(payment, ana)
    release_hold(hold_id=held(ana, 20_000).pk)

    assert moved(ana) == {"worker": 51_040, "tip": 5_000}


@pytest.mark.parametrize(("reason", "left"), [("reserve", 0), ("review", 0), ("dispute", 3_000)])
def test_a_hold_ends_by_itself_unless_it_is_a_disputes(ana, clara, reason, left):
    earns(ana, 10_000, payer=clara)
    until = clock.now() + timedelta(days=14)
    hold = held(ana, 3_000, reason=reason, until=until)
    with clock.travelling_to(until):
        run_due_of(hold.pk)
    hold.refresh_from_db()

    assert hold.remaining_minor == left


def test_the_ledgers_reserve_is_the_sum_of_holds(ana, clara, delivered):
    earns(ana, 10_000, payer=clara)
    for minor in (1, 2_000, 70_000):
        held(ana, minor, about=f"x:{minor}", reference=delivered.reference)
    release_hold(hold_id=Hold.objects.get(asked_minor=2_000).pk, amount=mxn(999))

    remaining = Hold.objects.aggregate(sum=Sum("remaining_minor"))["sum"]
    assert wallet(ana)["reserve"] == remaining == 60_041


def test_the_database_refuses_a_hold_with_more_left_than_it_had(ana, clara):
    earns(ana, 10_000, payer=clara)
    hold = held(ana, 3_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(remaining_minor=3_001)

    hold.refresh_from_db()
    assert hold.remaining_minor == 3_000
