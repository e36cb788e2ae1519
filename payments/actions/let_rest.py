"""Somebody of the office lets a worker's money rest for a while, or gives it back early."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Invalid
from kernel.money import Money
from payments.actions.hold import open_hold, release_hold
from payments.actions.locks import locked_hold
from payments.models import Hold
from payments.queries.permissions import demand
from payments.rules.debts import check_reason
from tenants.tenancy.queries import member

AT_MOST_DAYS = 14


@transaction.atomic
def let_rest(
    *, by: Actor, member_id: UUID, amount: Money, days: int, reason: str, reference: str, key: str
) -> Hold:
    """Let up to an amount of a worker's money rest for a few days; the worker reads the reason."""
    demand(by, "hold")
    check_reason(reason)
    if not 1 <= days <= AT_MOST_DAYS:
        raise Invalid(fields=["days"])
    if member(member_id).role != "worker":
        raise Invalid(fields=["member_id"])
    return open_hold(
        member_id=member_id,
        amount=amount,
        reason=Hold.REVIEW,
        until=clock.now() + timedelta(days=days),
        about=f"office:{key}"[:120],
        reference=reference,
        note=reason.strip(),
    )


@transaction.atomic
def give_back_early(*, by: Actor, hold_id: UUID, reason: str) -> Hold:
    """Give back what rests before its time; who did it, and why, is kept. Safe to repeat."""
    demand(by, "hold")
    check_reason(reason)
    hold = locked_hold(hold_id)
    if not hold.remaining:
        return hold
    hold.released_by_id, hold.release_note = by.member_id, reason.strip()[:1000]
    hold.save(update_fields=["released_by", "release_note"])
    return release_hold(hold_id=hold_id, by=by)
