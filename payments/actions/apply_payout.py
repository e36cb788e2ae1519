"""What a provider reports of a payout, applied once and only forwards."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payout
from payments.actions.post import post, undo
from payments.events import PayoutFailed, PayoutPaid
from payments.models import Payout
from payments.providers.base import PayoutFact
from payments.rules.entries import cashout_paid
from payments.rules.payout_states import after, possible

STEPS = {"submitted": "submit", "paid": "pay", "failed": "fail"}


@transaction.atomic
def apply_payout(*, payout_id: UUID, fact: PayoutFact) -> Payout:
    """Move a payout to what its provider reports. What comes late or twice changes nothing."""
    payout = locked_payout(payout_id)
    if fact.ref and not payout.provider_ref:
        payout.provider_ref = fact.ref
        know_object(object_id=fact.ref, kind="payout", subject_id=payout.pk)
    payout.arrives_at = fact.arrives_at or payout.arrives_at
    if payout.state == "requested" and fact.state == "paid":
        _step(payout, "submit")
    if payout.state == "paid" and fact.state == "failed":
        _return(payout, fact.failure)
    elif possible(payout.state, STEPS[fact.state]):
        _step(payout, STEPS[fact.state], failure=fact.failure)
    payout.save()
    return payout


def _step(payout: Payout, step: str, *, failure: str = "") -> None:
    payout.state = after(payout.state, step)
    if step == "submit":
        payout.submitted_at = clock.now()
    elif step == "pay":
        _pay(payout)
    elif step == "fail":
        _fail(payout, failure)


def _pay(payout: Payout) -> None:
    payout.paid_at = clock.now()
    payout.paid_entry_id = post(
        cashout_paid(
            payout_id=payout.pk,
            attempt=payout.attempt,
            worker=payout.payee.member_id,
            payee=payout.payee.member_id,
            amount=payout.amount,
        )
    )
    publish(
        PayoutPaid(
            payout_id=str(payout.pk),
            payee_member_id=str(payout.payee.member_id),
            amount_minor=payout.amount_minor,
            currency=payout.currency,
            requested_at=payout.requested_at.isoformat(),
            paid_at=payout.paid_at.isoformat(),
        ),
        by=PSP,
    )


def _return(payout: Payout, failure: str) -> None:
    """The bank sent back what we thought had arrived."""
    if payout.paid_entry_id is not None:
        key = f"cashout:{payout.pk}:{payout.attempt}:returned"
        undo(entry_id=payout.paid_entry_id, kind="cashout.returned", key=key)
    payout.state = after(payout.state, "return")
    _give_back(payout, failure)


def _fail(payout: Payout, failure: str) -> None:
    _give_back(payout, failure)


def _give_back(payout: Payout, failure: str) -> None:
    """Money and fee go back to the wallet."""
    payout.failed_at = clock.now()
    payout.failure = failure[:80]
    if payout.entry_id is not None:
        key = f"cashout:{payout.pk}:{payout.attempt}:failed"
        undo(entry_id=payout.entry_id, kind="cashout.failed", key=key)
    publish(
        PayoutFailed(
            payout_id=str(payout.pk),
            payee_member_id=str(payout.payee.member_id),
            amount_minor=payout.amount_minor,
            currency=payout.currency,
            requested_at=payout.requested_at.isoformat(),
            reason=payout.failure,
        ),
        by=PSP,
    )
