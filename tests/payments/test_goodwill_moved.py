"""What the business makes good to a worker reaches the worker's account at Stripe, once."""

import pytest

from kernel import outbox
from payments.actions.cash_out import cash_out
from payments.actions.credits import compensate_worker
from payments.models import Allocation, ProviderCall
from payments.queries import wallet_of
from tests.support.equations import as_the_provider_says, our_own_books
from tests.support.ledgers import booked, standing
from tests.support.worlds_money import done, member_id, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")

FOUND = "The door was shut and nobody told her."


@pytest.fixture
def earner(stripe_sandbox, ana, clara):
    """Ana has an account at Stripe, and Patitas has its part of a visit there."""
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    stripe_sandbox.deliver()
    return ana


def makes_good(olga, ana, minor=2_500, key="c") -> None:
    compensate_worker(
        by=olga,
        member_id=member_id(ana),
        amount=mxn(minor),
        reference="booking:x",
        reason=FOUND,
        key=key,
    )
    outbox.drain()


def ours(stripe_sandbox) -> list[int]:
    """Return the transfers that were taken from no charge."""
    rows = stripe_sandbox.rows("transfers")
    return [each["amount"] for each in rows if not each["source_transaction"]]


def test_it_is_moved_at_once_without_a_charge_and_can_be_taken_out(stripe_sandbox, olga, earner):
    with stripe_sandbox.later(days=3):
        for _ in range(2):
            makes_good(olga, earner)
        assert ours(stripe_sandbox) == [2_500]
        assert booked("booking:x") == [
            ("worker.compensated", {"goodwill": 2_500, "worker_available": -2_500}),
            ("payee.allocated", {"psp_connected": 2_500, "psp_available": -2_500}),
        ]
        our_own_books()

        everything = wallet_of(earner).available
        cash_out(by=earner, amount=everything, option="free", key="k")
        stripe_sandbox.deliver()
        assert [each["amount"] for each in stripe_sandbox.rows("payouts")] == [everything.minor]
        as_the_provider_says(stripe_sandbox.engine)
    with stripe_sandbox.later(days=6):
        assert standing("worker_in_transit", "psp_connected") == {
            "worker_in_transit": 0,
            "psp_connected": 0,
        }


def test_what_stripe_is_short_of_waits_and_goes_with_the_cash_out(stripe_sandbox, olga, earner):
    makes_good(olga, earner)
    waiting = Allocation.objects.get(purpose="goodwill")
    assert (waiting.state, waiting.failure, waiting.attempt) == (
        "pending",
        "balance_insufficient",
        2,
    )
    our_own_books()

    with stripe_sandbox.later(days=3):
        cash_out(by=earner, amount=wallet_of(earner).available, option="free", key="k")
        stripe_sandbox.deliver()
        assert ours(stripe_sandbox) == [2_500]
        as_the_provider_says(stripe_sandbox.engine)


def test_a_timeout_after_the_transfer_was_made_makes_no_second_one(stripe_sandbox, olga, earner):
    with stripe_sandbox.later(days=3):
        stripe_sandbox.control("/faults", match="POST /v1/transfers", times=1, kind="timeout_after")
        makes_good(olga, earner)
        allocation = Allocation.objects.get(purpose="goodwill")
        with stripe_sandbox.later(minutes=5):
            outbox.drain()
            allocation.refresh_from_db()
        assert ours(stripe_sandbox) == [2_500]
        calls = ProviderCall.objects.filter(key__startswith=f"allocation:{allocation.pk}:")
        assert [each.key for each in calls] == [f"allocation:{allocation.pk}:1"]
