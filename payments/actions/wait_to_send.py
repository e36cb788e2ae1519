"""A cash-out that cannot be sent right now, though nothing is wrong with it, waits."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.timers import set_timer
from payments.actions.apply_payout import apply_payout
from payments.actions.locks import locked_payout
from payments.models import Payout
from payments.providers.base import PayoutFact
from payments.rules.payout_states import after

SEND_AGAIN = "payments.send_payout"
LOOK_EVERY = timedelta(hours=1)
LONG_ENOUGH = timedelta(days=5)


@transaction.atomic
def wait_to_send(*, payout_id: UUID, waits_for: str) -> Payout:
    """Let a payout that the provider certainly does not have wait, an hour at a time.

    The worker can cancel it meanwhile. After five days the money goes back to the wallet.
    """
    payout = locked_payout(payout_id)
    if clock.now() - payout.requested_at > LONG_ENOUGH:
        fact = PayoutFact(ref="", state="failed", failure=f"waited_for_{waits_for}")
        return apply_payout(payout_id=payout.pk, fact=fact)
    if payout.state == "unknown":
        payout.state = after(payout.state, "wait")
    payout.waits_for, payout.handed_at = waits_for, None
    payout.sends += 1
    payout.save(update_fields=["state", "waits_for", "handed_at", "sends"])
    again = clock.now() + LOOK_EVERY
    set_timer(SEND_AGAIN, subject_id=payout.pk, at=again, entry=f"wait:{payout.sends}")
    return payout
