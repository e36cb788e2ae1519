"""What a provider reports of a payment, applied once and only forwards."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import PSP
from kernel.crypto import fingerprint
from kernel.events import Event, publish
from kernel.timers import set_timer
from payments.actions.book_fee import book_fee
from payments.actions.know_object import know_object
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.actions.refund import refund
from payments.actions.release import earn_tip
from payments.actions.settle_charge import wait_for_settlement
from payments.actions.spend_credit import let_go
from payments.actions.spend_credit import use as use_credit
from payments.events import (
    PaymentAuthorised,
    PaymentCancelled,
    PaymentCaptured,
    PaymentExpired,
    PaymentFailed,
    PaymentPromised,
)
from payments.events.payments import CardSaved
from payments.models import Payment, Tip
from payments.providers import caps_of
from payments.providers.base import PaymentFact
from payments.rules.entries import charge_captured, tip_captured
from payments.rules.payment_states import FINAL, rises

INSTRUMENT = "payments/instrument"
EXPIRE = "payments.expire"


@transaction.atomic
def apply_payment(*, payment_id: UUID, fact: PaymentFact) -> Payment:
    """Move a payment to what its provider reports, if that is further than we knew."""
    payment = locked_payment(payment_id)
    _note(payment, fact)
    if fact.state == "expired" and not fact.failure and _is_waited_for(payment):
        return payment  # Only its page is over; another is opened when the payer comes.
    if rises(payment.state, fact.state):
        payment.state = fact.state
        if fact.state == "expired":
            payment.failure = fact.failure[:80]
        _ARRIVED[fact.state](payment)
        if payment.off_session and payment.state in FINAL and not payment.keep_card:
            payment.customer_ref, payment.method_ref = "", ""  # Kept for this charge alone.
        payment.save()
    if payment.state == "requires_action" and fact.failure != payment.failure:
        _note_failure(payment, fact.failure)
    if payment.state == "requires_action" and fact.promised_until:
        _wait_for(payment, fact.promised_until, fact.voucher_url)
    if payment.kind == Payment.SETUP:
        return payment
    if payment.state == "captured":
        wait_for_settlement(payment)
    if payment.state == "captured" and payment.fee_minor is None and fact.fee_minor is not None:
        book_fee(payment, fact.fee_minor)
    return payment


def _is_waited_for(payment: Payment) -> bool:
    return payment.void_asked_at is None and payment.expires_at > clock.now()


def _note(payment: Payment, fact: PaymentFact) -> None:
    """Remember the provider's names of things, and the card's fingerprint."""
    for name in ("intent_ref", "charge_ref"):
        ref = getattr(fact, name)
        if ref and not getattr(payment, name):
            setattr(payment, name, ref)
            know_object(object_id=ref, kind="payment", subject_id=payment.pk)
    if fact.instrument and not payment.instrument:
        payment.instrument = fingerprint(fact.instrument, purpose=INSTRUMENT)
        payment.method = fact.method
    if payment.keep_card and fact.state == "captured" and fact.customer_ref:
        payment.customer_ref, payment.method_ref = fact.customer_ref, fact.method_ref
    payment.settles_at = fact.settles_at or payment.settles_at
    payment.save()


def _note_failure(payment: Payment, failure: str) -> None:
    """The payer's bank said no; the page stays open for another try."""
    payment.failure = failure[:80]
    payment.save(update_fields=["failure"])
    if failure:
        _tell(PaymentFailed(**_ids(payment), reason=failure))


def _wait_for(payment: Payment, until: datetime, voucher_url: str) -> None:
    """A voucher or code was handed out: wait as long as it can be paid, if anybody would."""
    until = min(until, max(payment.waits_until or payment.expires_at, payment.expires_at))
    if payment.promised_until == until or payment.void_asked_at:
        return
    payment.promised_until, payment.expires_at = until, max(until, payment.expires_at)
    payment.page_url = voucher_url or payment.page_url
    payment.save(update_fields=["promised_until", "expires_at", "page_url"])
    set_timer(EXPIRE, subject_id=payment.pk, at=payment.expires_at)
    _tell(PaymentPromised(**_ids(payment), until=payment.expires_at.isoformat()))


def _started(payment: Payment) -> None:
    """The payer is on the way; nothing to tell."""


def _authorised(payment: Payment) -> None:
    payment.authorised_at = clock.now()
    _tell(PaymentAuthorised(**_facts(payment)))


def _captured(payment: Payment) -> None:
    payment.captured_at = clock.now()
    if payment.kind == Payment.SETUP:
        _tell(CardSaved(payer_id=str(payment.payer_id), **_ids(payment)))
        return
    payment.captured_minor = payment.charged.minor
    payment.save()
    use_credit(payment=payment)
    if payment.charged_amount:
        post(
            charge_captured(
                payment_id=payment.pk,
                reference=payment.reference,
                amount=payment.charged_amount,
                into=caps_of(payment.provider).lands_in,
            )
        )
    if payment.tip:
        _take_tip(payment)
    _tell(PaymentCaptured(payer_id=str(payment.payer_id), **_facts(payment)))
    if payment.void_asked_at:
        refund(
            by=PSP,
            payment_id=payment.pk,
            amount=payment.amount,
            tip=payment.tip,
            reason="paid_too_late",
            key=f"payment:{payment.pk}:paid_too_late",
        )
        payment.refresh_from_db(fields=["refunded_minor", "credit_back_minor"])
    elif payment.kind == Payment.TIP and payment.worker_id:
        earn_tip(payment=payment, worker_id=payment.worker_id)


def _take_tip(payment: Payment) -> None:
    into = caps_of(payment.provider).lands_in
    post(tip_captured(payment_id=payment.pk, tip=payment.tip, into=into))
    Tip.objects.create(
        payment=payment,
        reference=payment.reference,
        currency=payment.currency,
        amount_minor=payment.tip_minor,
    )


def _cancelled(payment: Payment) -> None:
    let_go(payment=payment)
    _tell(PaymentCancelled(**_ids(payment)))


def _expired(payment: Payment) -> None:
    let_go(payment=payment)
    _tell(PaymentExpired(**_ids(payment), reason=payment.failure))


def _ids(payment: Payment) -> dict[str, str]:
    return {"payment_id": str(payment.pk), "reference": payment.reference}


def _facts(payment: Payment) -> dict[str, Any]:
    return {
        **_ids(payment),
        "amount_minor": payment.amount_minor,
        "tip_minor": payment.tip_minor,
        "currency": payment.currency,
    }


def _tell(fact: Event) -> None:
    publish(fact, by=PSP)


_ARRIVED = {
    "requires_action": _started,
    "processing": _started,
    "authorised": _authorised,
    "captured": _captured,
    "cancelled": _cancelled,
    "expired": _expired,
}
