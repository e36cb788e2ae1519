"""Cash-outs: sent, told."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.actions.tell import tell_member
from payments.events import PayoutFailed, PayoutPaid, PayoutRequested
from payments.notices import PAYOUT_FAILED, PAYOUT_PAID
from payments.tasks.payouts import send_payout


@on(PayoutRequested)
def send_it(fact: PayoutRequested) -> None:
    """Send a cash-out on its way."""
    send_payout.delay(payout_id=fact.payout_id)


@on(PayoutPaid)
def tell_that_it_arrived(fact: PayoutPaid) -> None:
    """Tell the worker that the bank has the money."""
    tell_member(
        member_id=UUID(fact.payee_member_id),
        notice=PAYOUT_PAID,
        about=fact.payout_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@on(PayoutFailed)
def tell_that_it_came_back(fact: PayoutFailed) -> None:
    """Tell the worker that the money is back."""
    tell_member(
        member_id=UUID(fact.payee_member_id),
        notice=PAYOUT_FAILED,
        about=fact.payout_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@timer("payments.send_payout")
def pay_out_again(subject_id: UUID) -> None:
    """Send a cash-out, again."""
    send_payout.delay(payout_id=str(subject_id))
