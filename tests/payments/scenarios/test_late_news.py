"""What comes back is sent again as a new attempt: late news of the last one do not end it."""

import pytest

from payments.actions.apply_payout import apply_payout
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import retry_payout
from payments.actions.doubt import clear_destination
from payments.actions.hear import look_at
from payments.actions.mend_refund import retry_refund
from payments.actions.refund import refund
from payments.actions.send_refund import apply_refund
from payments.models import Payee, Refund
from payments.providers.base import PayoutFact, RefundFact
from tests.support.ledgers import standing
from tests.support.worlds_money import done, mxn, owes

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def came_back(stripe_sandbox, clara, olga):
    """A refund had arrived, came back a minute later, and is a person's to decide."""
    payment = stripe_sandbox.pays(clara, owes(clara))
    match = {"method": "post", "path": "/v1/refunds"}
    stripe_sandbox.control("/faults", kind="refund_failed", match=match, times=1, seconds=60)
    given = {"amount": mxn(60_900), "tip": mxn(5_000), "reason": "cancelled", "key": "r"}
    made = refund(by=olga, payment_id=payment.pk, **given)
    stripe_sandbox.deliver()
    with stripe_sandbox.later(days=1):
        made.refresh_from_db()
        assert (made.state, made.attempt) == (Refund.FAILED, 1)
        yield made


def test_15_late_news_of_the_last_try_do_not_disturb_a_refund_that_is_to_be_sent_again(
    came_back, olga
):
    of_the_last_try = came_back.provider_ref
    retry_refund(by=olga, refund_id=came_back.pk)

    look_at(object_id=of_the_last_try)

    came_back.refresh_from_db()
    assert (came_back.state, came_back.attempt, came_back.provider_ref) == (Refund.DUE, 2, "")
    assert standing("refund_payable") == {"refund_payable": -65_900}


def test_15_who_looked_before_a_refund_was_sent_again_does_not_end_the_next_try(
    stripe_sandbox, came_back, olga
):
    seen = RefundFact(ref=came_back.provider_ref, state="failed", failure="lost_or_stolen_card")
    retry_refund(by=olga, refund_id=came_back.pk)

    apply_refund(refund_id=came_back.pk, attempt=1, fact=seen)
    came_back.refresh_from_db()
    assert (came_back.state, came_back.attempt, came_back.provider_ref) == (Refund.DUE, 2, "")

    stripe_sandbox.deliver()
    apply_refund(refund_id=came_back.pk, attempt=1, fact=seen)
    came_back.refresh_from_db()
    assert (came_back.state, came_back.attempt) == (Refund.SUCCEEDED, 2)
    assert standing("refund_payable") == {"refund_payable": 0}
    assert [row["status"] for row in stripe_sandbox.rows("refunds")] == ["failed", "succeeded"]


def test_25_who_looked_before_a_cash_out_was_tried_again_does_not_end_the_next_try(
    stripe_sandbox, ana, clara, olga
):
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    with stripe_sandbox.later(days=4):
        stripe_sandbox.control("/faults", kind="payout_failed", times=1)
        payout = cash_out(by=ana, amount=mxn(20_000), option="free", key="k")
        stripe_sandbox.deliver()
        with stripe_sandbox.later(days=2):
            payout.refresh_from_db()
            assert (payout.state, payout.attempt) == ("failed", 1)
            seen = PayoutFact(ref=payout.provider_ref, state="failed", failure=payout.failure)
            clear_destination(by=olga, payee_id=Payee.objects.get().pk)
            retry_payout(by=ana, payout_id=payout.pk, option="free")

            apply_payout(payout_id=payout.pk, attempt=1, fact=seen)
            payout.refresh_from_db()
            assert (payout.state, payout.attempt, payout.provider_ref) == ("requested", 2, "")

            stripe_sandbox.deliver()
            payout.refresh_from_db()
            assert (payout.state, payout.attempt) == ("submitted", 2)
            assert standing("worker_in_transit") == {"worker_in_transit": -20_000}
