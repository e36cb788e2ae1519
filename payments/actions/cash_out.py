"""A worker takes money out."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from payments.actions.count_day import count_day
from payments.actions.keep_quote import as_json
from payments.actions.locks import lock_payee_of
from payments.actions.post import post
from payments.events import PayoutRequested
from payments.models import Advance, Payee, Payout
from payments.queries import kept_quote_of, moves_of, payout_policy, wallet_facts
from payments.rules.cash_out import (
    DISCLOSURE,
    CashOutPolicy,
    CashOutQuote,
    DisclosureChanged,
    Option,
    QuoteChanged,
    QuoteExpired,
    WalletFacts,
    advance_in,
    check_request,
    quote,
    terms,
)
from payments.rules.entries import cashout_requested
from payments.rules.refusals import KeyOfAnotherRequest


@transaction.atomic
def cash_out(
    *,
    by: Actor,
    amount: Money,
    option: str,
    key: str,
    seen_fee: Money | None = None,
    quote_id: UUID | None = None,
    disclosure: str = DISCLOSURE,
    language: str = "",
) -> Payout:
    """Move money out of the worker's wallet and send it on its way.

    `amount` is what arrives; a fee is taken on top of it, and must be the one that was seen. With a
    `quote_id` the answer must still mean for this amount what it meant then. The same key again
    returns the same payout, also while the first is still being worked on. A person's cash-outs are
    worked on one by one. Where somebody else moved the wallet before the ledger locked it, the
    answer is worked out again.
    """
    if by.role != Role.WORKER or by.member_id is None:
        raise NotAllowed
    lock_payee_of(by.member_id)
    known = Payout.objects.filter(key=key, payee__member_id=by.member_id).first()
    if known:
        if (known.amount, known.option) != (amount, option):
            raise KeyOfAnotherRequest(key=key)
        return known
    if disclosure != DISCLOSURE:
        raise DisclosureChanged(disclosure=DISCLOSURE)
    policy = payout_policy(by.member_id)
    facts = wallet_facts(by.member_id)
    answer = quote(facts, policy)
    if quote_id:
        _check_kept(by.member_id, quote_id, answer, amount)
    chosen = _check(answer, policy, amount, option)
    if seen_fee is not None and seen_fee.minor != chosen.fee_minor:
        raise QuoteChanged(fee_minor=chosen.fee_minor)
    payout = _prepare(by.member_id, amount, chosen, policy, key)
    payout.quote, payout.kept_quote_id = as_json(answer), quote_id
    payout.disclosure, payout.language = disclosure, language
    request_payout(payout, answer, by=by)
    count_day(payout=payout, most_minor=policy.rail_day_minor)
    if moves_of(by.member_id) != facts.moves + 1:
        _check(quote(_as_before(payout), policy), policy, amount, option)
    return payout


def _check_kept(member_id: UUID, quote_id: UUID, answer: CashOutQuote, amount: Money) -> None:
    kept = kept_quote_of(member_id, quote_id)
    if kept.expires_at <= clock.now():
        raise QuoteExpired(now=as_json(answer))
    if kept.amount_minor != amount.minor or kept.terms != terms(answer, amount.minor):
        raise QuoteChanged(now=as_json(answer))


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
        advanced_minor=facts.advanced_minor - payout.advance_minor,
        open_count=facts.open_count - 1,
        today_count=facts.today_count - 1,
        today_minor=facts.today_minor - payout.amount_minor,
        week_minor=facts.week_minor - payout.amount_minor,
        rail_today_minor=facts.rail_today_minor - payout.amount_minor,
    )


def _prepare(
    member_id: UUID, amount: Money, option: Option, policy: CashOutPolicy, key: str
) -> Payout:
    payee = Payee.objects.get(member_id=member_id)
    return Payout(
        id=uuid7(),
        payee=payee,
        key=key,
        option=option.name,
        rail=option.rail,
        currency=amount.currency,
        amount_minor=amount.minor,
        fee_minor=policy.fast_fee_minor if option.name == Payout.FAST else 0,
        fee_from=policy.fee_from,
        destination=payee.destination,
        requested_at=clock.now(),
    )


def request_payout(payout: Payout, answer: CashOutQuote, *, by: Actor) -> None:
    """Book an attempt of a payout, keep its row, and say that it is to be sent."""
    charged = payout.fee_minor if payout.fee_from == "worker" else 0
    payout.advance_minor = advance_in(answer, amount_minor=payout.amount_minor, fee_minor=charged)
    payout.entry_id = post(
        cashout_requested(
            payout_id=payout.pk,
            attempt=payout.attempt,
            worker=payout.payee.member_id,
            amount=payout.amount,
            fee=payout.fee,
            fee_from=payout.fee_from,
            advance=payout.advance,
        )
    )
    payout.save()
    if payout.advance_minor:
        Advance.objects.create(
            payout=payout,
            attempt=payout.attempt,
            currency=payout.currency,
            amount_minor=payout.advance_minor,
        )
    publish(PayoutRequested(**_facts(payout)), by=by)


def _facts(payout: Payout) -> dict[str, Any]:
    return {
        "payout_id": str(payout.pk),
        "payee_member_id": str(payout.payee.member_id),
        "amount_minor": payout.amount_minor,
        "currency": payout.currency,
        "requested_at": payout.requested_at.isoformat(),
    }
