"""Sending a cash-out on its way. Talks to the provider: no transactions."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from payments.actions.advances import send_advance
from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payout import apply_payout, finish_payout
from payments.actions.ask_person import ask_person
from payments.actions.call_provider import call_provider
from payments.actions.locks import locked_payout
from payments.actions.send_allocations import send_allocations, send_for
from payments.actions.wait_to_send import wait_to_send
from payments.models import Payee, Payout
from payments.providers import provider_of
from payments.providers.base import NoAnswer, PayeeFact, PayoutFact, PayoutOrder, SaidNo
from payments.queries import open_freeze_of, payouts_stopped, rails_of, stopped_rails
from payments.rules.calls import SLACK
from payments.rules.entries import cashout_ref
from payments.rules.payees import DISCONNECTED
from payments.rules.payout_states import OPEN, possible

NOT_THERE_YET = ("balance_insufficient", "insufficient_funds")


def send_payout(*, payout_id: UUID) -> Payout:
    """Move the money to the payee's account if need be, and send it to the payee's bank.

    The account, the destination and the wallet are looked at again first. A definite no gives the
    money back at once, fee included; money that has not settled is waited for; silence leaves the
    payout open, to be sent again with the same key.
    """
    payout, stopped = _look_at(payout_id)
    if payout.state not in OPEN or payout.provider_ref:
        return payout
    if stopped:
        raise NoAnswer("the books contradict themselves; nothing leaves until a person has looked")
    try:
        seen = provider_of(payout.payee.provider).fetch_payee(payout.payee.account_ref)
    except SaidNo as error:
        return _failed(payout, error.code)
    payee, why_not, closed = _take_over(payout, seen)
    if why_not:
        return _failed(payout, why_not)
    if {"", payout.rail} & closed:
        return wait_to_send(payout_id=payout.pk, waits_for="stop")
    return _send_on(payout, payee)


@transaction.atomic
def _look_at(payout_id: UUID) -> tuple[Payout, bool]:
    """Return a payout, and whether nothing leaves at all."""
    return Payout.objects.select_related("payee").get(pk=payout_id), payouts_stopped()


@transaction.atomic
def _take_over(payout: Payout, seen: PayeeFact) -> tuple[Payee, str, set[str]]:
    """Take over what is known of the payee; return why not to send, and which ways are closed."""
    payee = apply_payee(payee_id=payout.payee.pk, fact=seen)
    return payee, _why_not(payout, payee), stopped_rails()


def _why_not(payout: Payout, payee: Payee) -> str:
    """Say what has come in between since it was asked for, unless the provider may have it."""
    if payout.handed_at:
        return ""
    if payee.state != "active":
        return "account_restricted"
    if payee.doubt:
        return "destination_doubted"
    if payee.destination_at and payee.destination_at > payout.requested_at:
        return "destination_changed"
    return "wallet_frozen" if open_freeze_of(payee.member_id) else ""


def _send_on(payout: Payout, payee: Payee) -> Payout:
    rails = rails_of(payee)
    if rails.by_batch:
        return payout  # People send it, with others: see `make_batch`.
    if rails.allocates_at == "release":
        send_allocations(payee=payee)
    else:
        send_for(payout=payout)
    if not _hand_over(payout.pk):
        return Payout.objects.get(pk=payout.pk)
    try:
        send_advance(payout=payout)
        fact = _send(payout)
    except SaidNo as error:
        if error.code in NOT_THERE_YET:
            return wait_to_send(payout_id=payout.pk, waits_for="settlement")
        return _failed(payout, error.code)
    except NoAnswer:
        _lose_sight(payout.pk)
        raise
    return apply_payout(payout_id=payout.pk, attempt=payout.attempt, fact=fact)


@transaction.atomic
def _hand_over(payout_id: UUID) -> bool:
    """Note that from here on the provider may have it; tell whether it is still to be sent."""
    payout = locked_payout(payout_id)
    if payout.state not in OPEN or payout.provider_ref:
        return False
    payout.handed_at, payout.waits_for = payout.handed_at or clock.now(), ""
    payout.save(update_fields=["handed_at", "waits_for"])
    return True


def _send(payout: Payout) -> PayoutFact:
    key = f"cashout:{payout.pk}:{payout.attempt}" + (f":{payout.sends}" if payout.sends else "")
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
    return apply_payout(payout_id=payout.pk, attempt=payout.attempt, fact=fact)


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
    payee = payout.payee
    if not payout.provider_ref or (payee.left and payout.rail != rails_of(payee).free):
        return payout  # Of an account that was lost nobody tells us any more.
    try:
        fact = provider_of(payee.provider).fetch_payout(
            ref=payout.provider_ref, account_ref=payee.account_ref
        )
    except SaidNo as error:
        if error.code != DISCONNECTED:
            raise
        ask_person(
            kind="lost_payout",
            key=f"lost:{payout.pk}:{payout.attempt}",
            about=cashout_ref(payout.pk),
            amount=payout.amount,
            payout_id=str(payout.pk),
            reason="account_lost",
        )
        return payout
    return apply_payout(payout_id=payout.pk, attempt=payout.attempt, fact=fact)


def look_and_finish(*, payout_id: UUID) -> Payout:
    """Take it that a payout cannot come back any more, unless its provider says that it has.

    After days without a word from the provider that may be news.
    """
    refresh_payout(payout_id=payout_id)
    return finish_payout(payout_id=payout_id)
