"""A worker's money rests, and comes back: never more than is there, and always with a reason."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money
from kernel.timers import cancel_timers, set_timer
from payments.actions.allocate import allocate
from payments.actions.locks import lock_payee_of, locked_earning, locked_hold
from payments.actions.open_payee import payee_of
from payments.actions.post import post
from payments.events.holds import HoldOpened, HoldReleased
from payments.models import Earning, Hold
from payments.queries import balance_of
from payments.rules.entries import hold_opened, hold_released
from payments.rules.refusals import AmountInvalid, HoldTooSmall

RELEASE_HOLD = "payments.release_hold"
BOTH = ("worker_pending", "worker_available")


@transaction.atomic
def open_hold(
    *,
    member_id: UUID,
    amount: Money,
    reason: str,
    until: datetime | None,
    about: str,
    sources: Sequence[str] = BOTH,
    reference: str = "",
    note: str = "",
) -> Hold:
    """Let up to an amount rest: of one job's pending share first, then of what is available.

    It takes at most what is there, so the hold may be smaller than asked, even empty. The job is
    that of `reference`, or of `about`; other jobs' shares are never touched. Once per member,
    reason and `about`: again returns the first. A hold with an end releases itself, except for a
    dispute's, which ends with the dispute.
    """
    if amount.minor <= 0:
        raise AmountInvalid(fields=["amount"])
    job = locked_earning(reference or about)
    payee_of(member_id)
    lock_payee_of(member_id)
    known = Hold.objects.filter(member_id=member_id, reason=reason, about=about).first()
    if known:
        return known
    mine = job if job and job.worker_id == member_id else None
    pending = min(amount.minor, mine.pending_minor) if mine and BOTH[0] in sources else 0
    rest = amount.minor - pending
    there = balance_of(member_id, "worker_available", amount.currency).minor
    available = min(rest, there) if BOTH[1] in sources else 0
    hold = Hold.objects.create(
        id=uuid7(),
        member_id=member_id,
        reason=reason,
        about=about,
        note=note[:1000],
        earning=mine,
        currency=amount.currency,
        asked_minor=amount.minor,
        amount_minor=pending + available,
        remaining_minor=pending + available,
        unmoved_minor=pending,
        until=until,
        closed_at=None if pending + available else clock.now(),
    )
    if hold.amount_minor:
        _take(hold, mine, pending, available, reference=reference or about)
    return hold


def _take(hold: Hold, job: Earning | None, pending: int, available: int, *, reference: str) -> None:
    post(
        hold_opened(
            hold_id=hold.pk,
            reference=reference,
            worker=hold.member_id,
            pending=Money(hold.currency, pending),
            available=Money(hold.currency, available),
        )
    )
    if job and pending:
        job.pending_minor -= pending
        job.save(update_fields=["pending_minor"])
    if hold.ends_at:
        set_timer(RELEASE_HOLD, subject_id=hold.pk, at=hold.ends_at)
    publish(HoldOpened(**_facts(hold), amount_minor=hold.amount_minor), by=SYSTEM)


@transaction.atomic
def release_hold(*, hold_id: UUID, amount: Money | None = None, by: Actor = SYSTEM) -> Hold:
    """Give what rests back to the wallet: all of it, or a part. An empty hold stays as it is."""
    hold = locked_hold(hold_id)
    released = hold.remaining if amount is None else amount
    if not hold.remaining and amount is None:
        return hold
    if released.minor <= 0 or released > hold.remaining:
        raise HoldTooSmall(fields=["amount"])
    moved = min(released.minor, hold.unmoved_minor)
    shrink(hold, released.minor)
    post(
        hold_released(
            hold_id=hold.pk,
            step=hold.steps,
            reference=hold.earning.reference if hold.earning else hold.about,
            worker=hold.member_id,
            amount=released,
        )
    )
    if moved and hold.earning:
        allocate(
            payment=hold.earning.payment,
            member_id=hold.member_id,
            purpose="worker",
            amount_minor=moved,
            earning=hold.earning,
        )
    publish(HoldReleased(**_facts(hold), amount_minor=released.minor), by=by)
    return hold


def shrink(hold: Hold, minor: int) -> None:
    """Note that a part of a locked hold is gone; what was never moved away goes first."""
    hold.remaining_minor -= minor
    hold.unmoved_minor -= min(minor, hold.unmoved_minor)
    hold.steps += 1
    if not hold.remaining_minor:
        hold.closed_at = clock.now()
        cancel_timers(hold.pk, RELEASE_HOLD)
    hold.save(update_fields=["remaining_minor", "unmoved_minor", "steps", "closed_at"])


def _facts(hold: Hold) -> dict[str, str]:
    return {
        "hold_id": str(hold.pk),
        "member_id": str(hold.member_id),
        "reason": hold.reason,
        "currency": hold.currency,
    }
