"""Sending a cash-out on its way. Talks to the provider: no transactions."""

from uuid import UUID

from django.db import transaction

from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payout import apply_payout
from payments.actions.call_provider import call_provider
from payments.actions.locks import locked_payout
from payments.actions.send_allocations import send_allocations, send_for
from payments.models import Payout
from payments.providers import provider_of
from payments.providers.base import NoAnswer, PayoutFact, PayoutOrder, SaidNo
from payments.queries import payouts_stopped
from payments.rules.calls import SLACK
from payments.rules.payout_states import OPEN, possible


def send_payout(*, payout_id: UUID) -> Payout:
    """Move the money to the payee's account if need be, and send it to the payee's bank.

    The account is looked at again first. A definite no gives the money back at once, fee included;
    silence leaves the payout open, to be sent again with the same key.
    """
    payout = Payout.objects.select_related("payee").get(pk=payout_id)
    if payout.state not in OPEN or payout.provider_ref:
        return payout
    if payouts_stopped():
        raise NoAnswer("the books contradict themselves; nothing leaves until a person has looked")
    payee = payout.payee
    provider = provider_of(payee.provider)
    try:
        seen = provider.fetch_payee(payee.account_ref)
    except SaidNo as error:
        return _failed(payout, error.code)
    payee = apply_payee(payee_id=payee.pk, fact=seen)
    if payee.state != "active":
        return _failed(payout, "account_restricted")
    if provider.rails(payee.country).allocates_at == "release":
        send_allocations(payee=payee)
    else:
        send_for(payout=payout)
    try:
        fact = _send(payout)
    except SaidNo as error:
        return _failed(payout, error.code)
    except NoAnswer:
        _lose_sight(payout_id)
        raise
    return apply_payout(payout_id=payout.pk, fact=fact)


def _send(payout: Payout) -> PayoutFact:
    key = f"cashout:{payout.pk}:{payout.attempt}"
    account_ref = payout.payee.account_ref
    order = PayoutOrder(
        payout_id=payout.pk,
        attempt=payout.attempt,
        account_ref=account_ref,
        amount=payout.amount,
        rail=payout.rail,
    )
    return call_provider(
        provider=payout.payee.provider,
        account=account_ref,
        purpose="payout",
        key=key,
        request=order,
        ask=lambda provider: provider.send(order, key),
        named=lambda fact: fact.ref,
        find=lambda provider: provider.find_payouts(
            key=key, account_ref=account_ref, since=payout.requested_at - SLACK
        ),
    )


def _failed(payout: Payout, reason: str) -> Payout:
    fact = PayoutFact(ref="", state="failed", failure=reason)
    return apply_payout(payout_id=payout.pk, fact=fact)


@transaction.atomic
def _lose_sight(payout_id: UUID) -> None:
    """Nobody answered: we do not know whether it is on its way."""
    payout = locked_payout(payout_id)
    if possible(payout.state, "lose_sight"):
        payout.state = "unknown"
        payout.save(update_fields=["state"])


def refresh_payout(*, payout_id: UUID) -> Payout:
    """Look at the provider how far a payout is, and take it over."""
    payout = Payout.objects.select_related("payee").get(pk=payout_id)
    if not payout.provider_ref:
        return payout
    payee = payout.payee
    fact = provider_of(payee.provider).fetch_payout(
        ref=payout.provider_ref, account_ref=payee.account_ref
    )
    return apply_payout(payout_id=payout.pk, fact=fact)
