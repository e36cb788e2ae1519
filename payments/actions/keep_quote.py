"""Keep what somebody was told about taking money out."""

from dataclasses import asdict
from datetime import timedelta

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.money import Money
from payments.models import KeptQuote
from payments.queries import payout_policy, wallet_facts
from payments.rules.cash_out import DISCLOSURE, CashOutQuote, quote, terms

GOOD_FOR = timedelta(minutes=10)


@transaction.atomic
def keep_quote(*, by: Actor, amount: Money, language: str = "") -> tuple[KeptQuote, CashOutQuote]:
    """Say what a worker may take out now, and keep the answer for the request that may follow."""
    if by.role != Role.WORKER or by.member_id is None:
        raise NotAllowed
    facts, policy, at = wallet_facts(by.member_id), payout_policy(by.member_id), clock.now()
    answer = quote(facts, policy)
    kept = KeptQuote.objects.create(
        member_id=by.member_id,
        currency=amount.currency,
        amount_minor=amount.minor,
        facts=asdict(facts),
        policy=asdict(policy),
        answer=as_json(answer),
        terms=terms(answer, amount.minor),
        disclosure=DISCLOSURE,
        language=language,
        made_at=at,
        expires_at=at + GOOD_FOR,
    )
    return kept, answer


def as_json(answer: CashOutQuote) -> dict[str, object]:
    """Return an answer as it is kept with a request."""
    told = asdict(answer)
    told["reasons"] = [each.code for each in answer.reasons]
    return told
