"""Bringing a payment in step with its provider. Everything here talks to it: no transactions."""

from uuid import UUID

from payments.actions.apply_payment import apply_payment
from payments.actions.ask_person import ask_person
from payments.actions.call_provider import call_provider, numbered
from payments.actions.spend_credit import paid_without_money
from payments.models import Payment
from payments.providers import provider_of
from payments.providers.base import NoAnswer, PaymentFact, Provider, SaidNo
from payments.queries import payment_of
from payments.rules.payment_states import UNPAID


def refresh_payment(*, payment_id: UUID) -> Payment:
    """Look at the provider how far a payment is, and take it over."""
    payment = payment_of(payment_id)
    if not payment.page_ref and not payment.intent_ref:
        return payment
    fact = provider_of(payment.provider).fetch_payment(
        page_ref=payment.page_ref, intent_ref=payment.intent_ref
    )
    return apply_payment(payment_id=payment.pk, fact=fact)


def catch_up_payment(*, payment_id: UUID) -> Payment:
    """Look at the provider; if it is silent, return the payment as we know it."""
    try:
        return refresh_payment(payment_id=payment_id)
    except NoAnswer:
        return payment_of(payment_id)


def send_capture(*, payment_id: UUID) -> Payment:
    """Take an authorised payment that somebody asked to take."""
    payment = payment_of(payment_id)
    if payment.state != "authorised" or not payment.capture_asked_at:
        return payment
    if not payment.charged:
        return apply_payment(payment_id=payment.pk, fact=paid_without_money("captured"))
    key = numbered(provider=payment.provider, stem=f"charge:{payment.pk}:capture")
    try:
        fact = call_provider(
            provider=payment.provider,
            purpose="capture",
            key=key,
            request=(payment.intent_ref, payment.charged),
            ask=lambda provider: provider.capture(
                intent_ref=payment.intent_ref, amount=payment.charged, key=key
            ),
            named=lambda fact: fact.charge_ref,
            find=lambda provider: _moved_on(provider, payment, "authorised"),
        )
    except SaidNo as error:
        return _not_taken(payment, error)
    return apply_payment(payment_id=payment.pk, fact=fact)


def _moved_on(provider: Provider, payment: Payment, *still: str) -> list[PaymentFact]:
    """Return how far a payment is, if it is not where it was."""
    fact = provider.fetch_payment(page_ref=payment.page_ref, intent_ref=payment.intent_ref)
    return [] if fact.state in still else [fact]


def _not_taken(payment: Payment, error: SaidNo) -> Payment:
    """The provider refuses to take it: it has moved on, or a person has to look."""
    seen = refresh_payment(payment_id=payment.pk)
    if seen.state == "authorised":
        ask_person(
            kind="other",
            key=f"capture:{payment.pk}",
            about=payment.reference,
            amount=payment.charged,
            reason=error.code,
        )
    return seen


def send_void(*, payment_id: UUID) -> Payment:
    """Close the page of a payment that was called off, or let its authorised money go."""
    payment = payment_of(payment_id)
    if payment.state in ("captured", "cancelled", "expired"):
        return payment
    key = f"charge:{payment.pk}:void:{'intent' if payment.intent_ref else 'page'}"
    fact = call_provider(
        provider=payment.provider,
        purpose="void",
        key=key,
        request=(payment.page_ref, payment.intent_ref),
        ask=lambda provider: provider.cancel(
            page_ref=payment.page_ref, intent_ref=payment.intent_ref, key=key
        ),
        named=lambda fact: fact.intent_ref,
        find=lambda provider: _moved_on(provider, payment, "authorised", *UNPAID),
    )
    return apply_payment(payment_id=payment.pk, fact=fact)
