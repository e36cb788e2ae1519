"""A worker takes money out."""

from dataclasses import asdict, replace
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from payments.actions.locks import lock_payee_of
from payments.actions.post import post
from payments.events import PayoutRequested
from payments.models import Payee, Payout
from payments.queries import payout_policy, wallet_facts
from payments.rules.cash_out import (
    CashOutPolicy,
    CashOutQuote,
    Option,
    QuoteChanged,
    WalletFacts,
    check_request,
    quote,
)
from payments.rules.entries import cashout_requested
from payments.rules.refusals import KeyOfAnotherRequest


@transaction.atomic
def cash_out(
    *, by: Actor, amount: Money, option: str, key: str, seen_fee: Money | None = None
) -> Payout:
    """Move money out of the worker's wallet and send it on its way.

    `amount` is what arrives; a fee is taken on top of it, and must be the one that was seen. The
    same key again returns the same payout, also while the first is still being worked on. The
    answer is worked out again after the ledger has locked the wallet, so two at once cannot both be
    the last one allowed.
    """
    if by.role != Role.WORKER or by.member_id is None:
        raise NotAllowed
    lock_payee_of(by.member_id)
    known = Payout.objects.filter(key=key, payee__member_id=by.member_id).first()
    if known:
        if (known.amount, known.option) != (amount, option):
            raise KeyOfAnotherRequest(key=key)
        return known
    policy = payout_policy()
    answer = quote(wallet_facts(by.member_id), policy)
    chosen = _check(answer, policy, amount, option)
    if seen_fee is not None and seen_fee.minor != chosen.fee_minor:
        raise QuoteChanged(fee_minor=chosen.fee_minor)
    payout = _request(by.member_id, amount, chosen, policy, answer, key)
    _check(quote(_as_before(payout), policy), policy, amount, option)
    publish(
        PayoutRequested(
            payout_id=str(payout.pk),
            payee_member_id=str(by.member_id),
            amount_minor=amount.minor,
            currency=amount.currency,
            requested_at=payout.requested_at.isoformat(),
        ),
        by=by,
    )
    return payout


def _check(answer: CashOutQuote, policy: CashOutPolicy, amount: Money, option: str) -> Option:
    chosen = answer.option(option)
    check_request(
        answer=answer, option=chosen, amount_minor=amount.minor, at_least=policy.minimum_minor
    )
    return chosen


def _as_before(payout: Payout) -> WalletFacts:
    """Return the facts without this payout, now that nobody else can move the wallet."""
    facts = wallet_facts(payout.payee.member_id)
    return replace(
        facts,
        available_minor=facts.available_minor + payout.taken.minor,
        open_count=facts.open_count - 1,
        today_count=facts.today_count - 1,
    )


def _request(
    member_id: UUID,
    amount: Money,
    option: Option,
    policy: CashOutPolicy,
    answer: CashOutQuote,
    key: str,
) -> Payout:
    payee = Payee.objects.get(member_id=member_id)
    payout = Payout(
        id=uuid7(),
        payee=payee,
        key=key,
        option=option.name,
        rail=option.rail,
        currency=amount.currency,
        amount_minor=amount.minor,
        fee_minor=policy.fast_fee_minor if option.name == Payout.FAST else 0,
        fee_from=policy.fee_from,
        quote=_as_json(answer),
        destination=payee.destination,
        requested_at=clock.now(),
    )
    payout.entry_id = post(
        cashout_requested(
            payout_id=payout.pk,
            attempt=payout.attempt,
            worker=member_id,
            amount=amount,
            fee=payout.fee,
            fee_from=payout.fee_from,
        )
    )
    payout.save(force_insert=True)
    return payout


def _as_json(answer: CashOutQuote) -> dict[str, object]:
    """Keep the answer that the worker saw."""
    told = asdict(answer)
    told["reasons"] = [each.code for each in answer.reasons]
    return told
