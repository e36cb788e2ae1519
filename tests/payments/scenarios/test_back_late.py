"""A bank may send a cash-out back days after it arrived: nothing is over before we have looked."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.timers import run_due_of
from payments.actions.apply_payout import apply_payout, finish_payout
from payments.actions.cash_out import cash_out
from payments.models import Entry, MoneyQuestion
from payments.providers.base import PayoutFact
from tests.support.ledgers import standing
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")
THREE_DAYS = 3 * 24 * 3_600


@pytest.fixture
def arrived(stripe_sandbox, ana, clara):
    """Ana's cash-out is paid; three days later her bank will send it back."""
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    with stripe_sandbox.later(days=4):
        kind = "payout_paid_then_failed"
        stripe_sandbox.control("/faults", kind=kind, times=1, seconds=THREE_DAYS)
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        stripe_sandbox.deliver()
        with stripe_sandbox.later(days=2):
            payout.refresh_from_db()
            assert payout.state == "paid"
            yield payout


def test_25_what_came_back_while_nobody_listened_is_seen_before_it_counts_as_arrived(
    stripe_sandbox, arrived
):
    moment = clock.now() + timedelta(days=9)
    with clock.travelling_to(moment):
        stripe_sandbox.engine.advance(int(moment.timestamp()))
        stripe_sandbox.drop()
        run_due_of(arrived.pk)
        stripe_sandbox.deliver()
    arrived.refresh_from_db()
    assert (arrived.state, arrived.failure, arrived.final_at) == (
        "returned",
        "account_closed",
        None,
    )
    assert standing("worker_in_transit", "worker_available")["worker_available"] == -56_040
    assert not MoneyQuestion.objects.exists()


def test_25_what_comes_back_after_its_days_are_over_is_asked_of_a_person_and_books_nothing(
    arrived,
):
    finish_payout(payout_id=arrived.pk)
    entries = Entry.objects.count()
    late = PayoutFact(ref=arrived.provider_ref, state="failed", failure="account_closed")
    for _ in range(2):
        apply_payout(payout_id=arrived.pk, fact=late)
    arrived.refresh_from_db()
    asked = MoneyQuestion.objects.get()
    assert (arrived.state, Entry.objects.count()) == ("final", entries)
    assert (asked.kind, asked.amount_minor, asked.facts) == (
        "returned_after_final",
        20_000,
        {"reason": "account_closed"},
    )
