"""What a provider reports of a payout, applied once and only forwards."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP, SYSTEM
from kernel.events import publish
from kernel.timers import cancel_timers, set_timer
from payments.actions.ask_person import ask_person
from payments.actions.doubt import doubt_destination
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payout
from payments.actions.post import post, undo
from payments.actions.stop_rail import count_failure
from payments.events import PayoutFailed, PayoutPaid
from payments.events.payouts import PayoutFinished
from payments.models import Advance, Payout
from payments.providers.base import PayoutFact
from payments.queries import rails_of
from payments.rules.entries import cashout_paid, cashout_ref
from payments.rules.paydays import FINAL_AFTER_DAYS, working_days_later
from payments.rules.payout_states import after, possible

STEPS = {"submitted": "submit", "paid": "pay", "failed": "fail"}


FINISH = "payments.finish_payout"
# The bank account is wrong; the next cash-out would come back as well.
WRONG_PLACE = ("account_closed", "no_account", "invalid_account_number", "incorrect_account_holder")


@transaction.atomic
def apply_payout(*, payout_id: UUID, fact: PayoutFact, attempt: int | None = None) -> Payout:
    """Move a payout to what its provider reports. What comes late or twice changes nothing.

    Whoever asked the provider says about which `attempt`: of one that is over it says nothing.
    """
    payout = locked_payout(payout_id)
    if attempt not in (None, payout.attempt):
        return payout
    if fact.ref and not payout.provider_ref:
        payout.provider_ref = fact.ref
        know_object(object_id=fact.ref, kind="payout", subject_id=payout.pk)
    payout.arrives_at = fact.arrives_at or payout.arrives_at
    if payout.state == "requested" and fact.state == "paid":
        _step(payout, "submit")
    if payout.state == "paid" and fact.state == "failed":
        _return(payout, fact.failure)
    elif payout.state == "final" and fact.state == "failed":
        _wonder(payout, fact.failure)
    elif possible(payout.state, STEPS[fact.state]):
        _step(payout, STEPS[fact.state], failure=fact.failure)
    payout.save()
    return payout


def settle_lost(*, payout_id: UUID, arrived: bool) -> Payout:
    """Take two people's word for a payout of which no provider tells us any more."""
    state = "paid" if arrived else "failed"
    return apply_payout(
        payout_id=payout_id,
        fact=PayoutFact(ref="", state=state, failure="" if arrived else "account_lost"),
    )


@transaction.atomic
def finish_payout(*, payout_id: UUID) -> Payout:
    """Note that a payout cannot come back any more: its days of return are over."""
    payout = locked_payout(payout_id)
    if possible(payout.state, "finish"):
        payout.state, payout.final_at = after(payout.state, "finish"), clock.now()
        payout.save(update_fields=["state", "final_at"])
        publish(PayoutFinished(**_ids(payout)), by=SYSTEM)
    return payout


def _ids(payout: Payout) -> dict[str, str]:
    return {"payout_id": str(payout.pk), "payee_member_id": str(payout.payee.member_id)}


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
            advance=payout.advance,
            out_of=rails_of(payout.payee).pays_from,
        )
    )
    final_at = working_days_later(payout.paid_at, FINAL_AFTER_DAYS)
    set_timer(FINISH, subject_id=payout.pk, at=final_at, entry=f"attempt {payout.attempt}")
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


def _wonder(payout: Payout, failure: str) -> None:
    """Money came back when that seemed over, and what was lent for it may be repaid: ask."""
    ask_person(
        kind="returned_after_final",
        key=f"returned:{payout.pk}:{payout.attempt}",
        about=cashout_ref(payout.pk),
        amount=payout.amount,
        reason=failure,
    )


def _return(payout: Payout, failure: str) -> None:
    """The bank sent back what we thought had arrived."""
    doubt_destination(payout.payee, "returned")
    if payout.paid_entry_id is not None:
        key = f"cashout:{payout.pk}:{payout.attempt}:returned"
        undo(entry_id=payout.paid_entry_id, kind="cashout.returned", key=key)
    payout.state = after(payout.state, "return")
    cancel_timers(payout.pk, FINISH)
    give_back(payout, failure)


def take_out_of_transit(payout: Payout, because: str) -> None:
    """Undo what a cash-out had booked when it was asked for: failed or cancelled."""
    if payout.entry_id is not None:
        key = f"cashout:{payout.pk}:{payout.attempt}:{because}"
        undo(entry_id=payout.entry_id, kind=f"cashout.{because}", key=key)
    lent = Advance.objects.filter(payout=payout, attempt=payout.attempt)
    lent.filter(state=Advance.DUE).update(state=Advance.DROPPED)
    lent.filter(state=Advance.SENT).update(state=Advance.UNUSED)


def _fail(payout: Payout, failure: str) -> None:
    if failure in WRONG_PLACE:
        doubt_destination(payout.payee, "returned")
    give_back(payout, failure)


def give_back(payout: Payout, failure: str) -> None:
    """Money and fee go back to the wallet, and what was lent to the float; the breaker counts."""
    payout.failed_at = clock.now()
    payout.failure = failure[:80]
    take_out_of_transit(payout, "failed")
    payout.save()
    count_failure(payout)
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
