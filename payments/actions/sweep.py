"""What a worker has not taken out is sent to the worker's bank for free, on the day of pay."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.ids import uuid7
from kernel.money import Money
from kernel.timers import set_timer
from payments.actions.cash_out import request_payout
from payments.actions.count_day import count_day
from payments.actions.keep_quote import as_json
from payments.actions.locks import lock_payee_of
from payments.models import Payout
from payments.queries import (
    balance_of,
    next_sweep_at,
    payee_for,
    payout_policy,
    rails_for,
    wallet_facts,
)
from payments.queries.wallet import lies_since
from payments.rules.cash_out import CashOutPolicy, quote, sweepable
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import here

SWEEP = "payments.sweep"
LONGEST = timedelta(days=60)


@transaction.atomic
def sweep_wallet(*, member_id: UUID) -> Payout | None:
    """Send a worker's settled money home, if there is enough of it; never an advance or a reserve.

    What stays is looked at again on the next day of pay.
    """
    lock_payee_of(member_id)
    payout = _sweep(member_id)
    rest = balance_of(member_id, "worker_available", here().currency)
    if rest:
        plan_sweep(member_id=member_id)
        _ask_about_old(member_id, rest)
    return payout


def _ask_about_old(member_id: UUID, rest: Money) -> None:
    """Have somebody call a worker whose money has been lying here for too long, once per money."""
    since = lies_since(member_id, rest)
    if since is None or clock.now() < since + LONGEST:
        return
    open_case(
        by=SYSTEM,
        kind="money_unclaimed",
        priority="P2",
        about_kind="membership",
        about_id=member_id,
        title=f"A worker's money has been here for more than {LONGEST.days} days",
        key=f"unclaimed:{member_id}:{since:%Y-%m-%d}",
        person_id=member_id,
    )


def _sweep(member_id: UUID) -> Payout | None:
    payee, policy, facts = payee_for(member_id), _free_policy(member_id), wallet_facts(member_id)
    amount_minor = sweepable(facts, policy)
    if payee is None or not amount_minor:
        return None
    payout = Payout(
        id=uuid7(),
        payee=payee,
        key=f"sweep:{clock.now():%Y-%m-%d}",
        option=Payout.FREE,
        rail=policy.free_rail,
        currency=payee.currency,
        amount_minor=amount_minor,
        swept=True,
        destination=payee.destination,
        requested_at=clock.now(),
    )
    if Payout.objects.filter(payee=payee, key=payout.key).exists():
        return None
    answer = quote(facts, policy)
    payout.quote = as_json(answer)
    request_payout(payout, answer, by=SYSTEM)
    count_day(payout=payout, most_minor=policy.rail_day_minor)
    return payout


def _free_policy(member_id: UUID) -> CashOutPolicy:
    """Return the policy of what is sent unasked: only the way's own minimum counts."""
    least = rails_for(member_id).minimum_minor
    return replace(payout_policy(member_id), minimum_minor=least, float_minor=0)


def plan_sweep(*, member_id: UUID) -> None:
    """Have a worker's wallet looked at on the next day of pay."""
    at = next_sweep_at()
    set_timer(SWEEP, subject_id=member_id, at=at, entry=f"{at:%Y-%m-%d}")
