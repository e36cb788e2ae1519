"""What a provider reports of a dispute, applied once and only forwards."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from kernel.timers import cancel_timers, set_timer
from payments.actions.hold_for_dispute import free_share, hold_share
from payments.actions.locks import locked_payment
from payments.actions.lose_dispute import book_lost, give_back_lost
from payments.actions.post import post
from payments.events import RefundDue
from payments.events.disputes import DisputeDecided, DisputeOpened, FraudSuspected
from payments.models import Dispute, Payment
from payments.providers.base import DisputeFact
from payments.queries.disputes import refunds_in_the_way
from payments.rules.disputes import moves, remind_at
from payments.rules.entries import dispute_opened, dispute_won

REMIND = "payments.remind_of_evidence"


@transaction.atomic
def apply_dispute(*, payment_id: UUID, fact: DisputeFact) -> Dispute:
    """Move a dispute to what its provider reports; what comes late or twice changes nothing.

    An inquiry takes no money. The books are written whatever we hear first: a dispute of which the
    first news is that it was won has come and gone.
    """
    payment = locked_payment(payment_id)
    dispute = Dispute.objects.filter(provider_ref=fact.ref).first()
    if dispute is None:
        dispute = _begin(payment, fact)
    if fact.state in ("open", "submitted", "won", "lost") and not dispute.booked:
        _open(dispute, fact)
    if moves(dispute.state, fact.state):
        before, dispute.state = dispute.state, fact.state
        if fact.state in ("won", "lost", "closed"):
            _decide(dispute, fact, before)
    dispute.due_at = fact.due_at or dispute.due_at
    dispute.save()
    return dispute


def _begin(payment: Payment, fact: DisputeFact) -> Dispute:
    first = "warned" if fact.state in ("warned", "closed") else "open"
    dispute = Dispute.objects.create(
        id=uuid7(),
        payment=payment,
        provider_ref=fact.ref,
        currency=fact.amount.currency,
        amount_minor=fact.amount.minor,
        cause=fact.cause[:40],
        state=first,
        due_at=fact.due_at,
    )
    return dispute


def _open(dispute: Dispute, fact: DisputeFact) -> None:
    """The bank took the money: book it, let the worker's part rest, and tell people."""
    dispute.booked, dispute.fee_minor = True, fact.fee_minor
    post(
        dispute_opened(
            dispute_id=dispute.pk,
            reference=dispute.payment.reference,
            amount=dispute.amount,
            fee=Money(dispute.currency, fact.fee_minor),
        )
    )
    if fact.state in ("won", "lost"):
        return
    hold_share(dispute=dispute)
    if fact.due_at and fact.state == "open":
        at = remind_at(due_at=fact.due_at, now=clock.now())
        set_timer(REMIND, subject_id=dispute.pk, at=at)
    publish(
        DisputeOpened(
            **_ids(dispute), amount_minor=dispute.amount_minor, currency=dispute.currency
        ),
        by=PSP,
    )


def _decide(dispute: Dispute, fact: DisputeFact, before: str) -> None:
    dispute.closed_at = clock.now()
    cancel_timers(dispute.pk, REMIND)
    if fact.state == "lost":
        book_lost(dispute=dispute)
    elif fact.state == "won":
        if before == "lost":
            give_back_lost(dispute=dispute)
        _win(dispute, fact)
    free_share(dispute=dispute)
    if fact.state != "lost":
        _resume_refunds(dispute)
    publish(
        DisputeDecided(
            **_ids(dispute),
            outcome="appealed" if before == "lost" else fact.state,
            amount_minor=dispute.amount_minor,
            currency=dispute.currency,
        ),
        by=PSP,
    )


def _win(dispute: Dispute, fact: DisputeFact) -> None:
    post(
        dispute_won(
            dispute_id=dispute.pk,
            reference=dispute.payment.reference,
            amount=dispute.amount,
            fee_back=Money(dispute.currency, min(fact.fee_back_minor, dispute.fee_minor)),
        )
    )


def _resume_refunds(dispute: Dispute) -> None:
    """Send what waited for the bank's decision."""
    dispute.save(update_fields=["state"])
    for refund in refunds_in_the_way(dispute.payment):
        publish(RefundDue(refund_id=str(refund.pk)), by=PSP)


@transaction.atomic
def apply_warning(*, payment_id: UUID, ref: str, cause: str) -> Dispute:
    """Take note that a bank suspects fraud: the worker's part rests until somebody decides."""
    payment = locked_payment(payment_id)
    known = Dispute.objects.filter(provider_ref=ref).first()
    if known:
        return known
    dispute = Dispute.objects.create(
        id=uuid7(),
        kind=Dispute.WARNING,
        payment=payment,
        provider_ref=ref,
        currency=payment.currency,
        amount_minor=payment.captured_minor - payment.refunded_minor,
        cause=cause[:40],
        state=Dispute.WARNED,
    )
    hold_share(dispute=dispute)
    publish(FraudSuspected(**_ids(dispute)), by=PSP)
    return dispute


def _ids(dispute: Dispute) -> dict[str, str]:
    return {
        "dispute_id": str(dispute.pk),
        "payment_id": str(dispute.payment_id),
        "reference": dispute.payment.reference,
    }
