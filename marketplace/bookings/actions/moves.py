"""The engine of the booking process: one step, in one transaction, with all that follows from it.

Lock, what was due, version, state and party, reason, effects in the table's order, log, timers.
Effects register themselves by the name that the table uses.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.timers import cancel_timers, run_due_of, set_timer
from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.queries.bookings import NOT_FOR_WORKERS, party_in
from marketplace.bookings.rules import guards, scheduling, timers
from marketplace.bookings.rules.process import Party, State, Transition, branch_of
from marketplace.bookings.tenant_settings import VisitSettings
from marketplace.matching.rules.waves import no_match_at, quiet_ahead
from marketplace.matching.tenant_settings import DispatchSettings
from tenants.messaging.rules.quiet_hours import ENDS, STARTS
from tenants.tenancy.queries import settings_of


@dataclass(slots=True, kw_only=True)
class Move:
    """A step being taken: on what, by whom, when, with which facts."""

    booking: Booking
    row: Transition
    by: Actor
    party: Party
    at: datetime
    reason: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


SAID_ELSEWHERE = ("words",)  # Long words stay where they belong, not in the log of steps.
Effect = Callable[[Move], None]
EFFECTS: dict[str, Effect] = {}


def effect(made: Effect) -> Effect:
    """Let the table use a function, by its name."""
    EFFECTS[made.__name__] = made
    return made


@transaction.atomic
def move(
    *,
    by: Actor,
    booking_id: UUID,
    step: str,
    expected_version: int | None = None,
    reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Booking:
    """Take a step on a booking, or refuse it with nothing changed."""
    run_due_of(booking_id)
    booking = locked_booking(booking_id, by=by)
    party = party_in(booking, by)
    if expected_version is not None and expected_version != booking.version:
        raise guards.VersionConflict(version=booking.version)
    branch = branch_of(
        step,
        mode=booking.mode,
        party=party,
        substitute_ok=booking.substitute_ok and not booking.in_cash,
        chosen="worker_service_id" in (facts or {}),
    )
    row = booking.rule.take(step, origin=booking.at, party=party, branch=branch)
    reason = guards.check_reason(reason, party=party, needed=row.reason)
    taken = Move(
        booking=booking,
        row=row,
        by=by,
        party=party,
        at=clock.now(),
        reason=reason,
        facts=facts or {},
    )
    enter(taken)
    return booking


def locked_booking(booking_id: UUID, *, by: Actor) -> Booking:
    """Return a booking, locked, if this actor may know of it."""
    # A row whose worker changed while we waited for it comes back as none: its joins are old.
    found = _lock(booking_id) or _lock(booking_id)
    if found is None:
        raise NotFound(what="booking")
    hidden = found.at in NOT_FOR_WORKERS or found.nobody_yet
    if party_in(found, by) == Party.WORKER and hidden:
        raise NotFound(what="booking")
    return found


def _lock(booking_id: UUID) -> Booking | None:
    return (
        Booking.objects.select_for_update(of=("self",))
        .select_related("customer__user", "worker__member__user", "worker_service__service")
        .filter(pk=booking_id)
        .first()
    )


def enter(taken: Move) -> None:
    """Change the state, do what the table says, write it down, and set the state's timers."""
    booking, row = taken.booking, taken.row
    origin = booking.state
    changed = origin != row.to
    booking.state = row.to
    if changed:
        booking.entry += 1
        booking.entered_at = taken.at
        cancel_timers(booking.pk, *own_timers(booking))
    booking.version += 1
    for name in row.effects:
        EFFECTS[name](taken)
    booking.save()
    record(taken, origin=origin)
    if changed:
        set_timers(booking)


def record(taken: Move, *, origin: str) -> None:
    """Append the step to the booking's log."""
    kept = {
        key: value
        for key, value in taken.facts.items()
        if isinstance(value, str | int) and key not in SAID_ELSEWHERE
    }
    StepTaken.objects.create(
        booking=taken.booking,
        step=taken.row.step,
        origin=origin,
        state=taken.row.to,
        version=taken.booking.version,
        actor_role=taken.by.role,
        actor_id=taken.by.member_id,
        reason=taken.reason,
        facts=kept,
        at=taken.at,
    )


def own_timers(booking: Booking) -> list[str]:
    """Return the names of this process's timers; floors above set others on the same booking."""
    return [f"bookings.{name}" for names in booking.rule.timers.values() for name in names]


def set_timers(booking: Booking) -> None:
    """Set the timers of the state that was just entered."""
    due = due_times(booking)
    for name in booking.rule.timers.get(booking.at, ()):
        if name in due:
            set_timer(
                f"bookings.{name}",
                subject_id=booking.pk,
                at=due[name],
                entry=str(booking.entry),
            )


def due_times(booking: Booking) -> dict[str, datetime]:
    """Return when each timer of the present state is due."""
    entered, starts, ends = booking.entered_at, booking.starts_at, booking.ends_at
    if booking.at == State.NO_SHOW_REPORTED:
        return {"settle": _settle_at(booking)}
    if booking.at == State.DISPUTED:
        return _dispute_times(booking)
    if booking.at == State.COMPLETED and booking.unsafe:
        return {"release_unsafe": entered + timers.UNSAFE_PAID_AFTER}
    times: dict[State, dict[str, datetime]] = {
        State.PENDING_PAYMENT: {
            "pay_timeout": booking.pay_by or entered + timers.PAY_AT_LEAST,
        },
        State.REQUESTED: _with_half(
            "expire", timers.answer_by(entered_at=entered, starts_at=starts), "answer_soon", entered
        ),
        State.MATCHING: _with_half("no_match", _no_match_at(booking), "still_looking", entered),
        State.CONFIRMED: {
            "assume_delivered": timers.assume_delivered_at(ends_at=ends),
            **timers.reminders(starts_at=starts, at=entered),
            **timers.on_the_way(
                starts_at=starts, should_depart_at=booking.should_depart_at, at=entered
            ),
            **_charge_times(booking),
        },
        State.PAYMENT_DUE: {
            "pay_timeout": scheduling.pay_due_by(entered_at=entered, starts_at=starts)
        },
        State.AWAITING_CHOICE: {"refund": timers.choose_by(entered_at=entered, starts_at=starts)},
        State.IN_PROGRESS: {"auto": timers.check_out_at(ends_at=ends)},
        State.DELIVERED: _complete(booking),
    }
    return times.get(booking.at, {})


def _with_half(name: str, due: datetime, half: str, entered_at: datetime) -> dict[str, datetime]:
    return {name: due, half: timers.halfway(entered_at=entered_at, due=due)}


def _complete(booking: Booking) -> dict[str, datetime]:
    entered = booking.entered_at
    due = timers.complete_at(entered_at=entered, flagged=booking.flagged)
    return {"auto_complete": due, **timers.confirm_soon(entered_at=entered, due=due)}


def _charge_times(booking: Booking) -> dict[str, datetime]:
    """Return when the card is charged, of a visit that is to be paid before it."""
    if not booking.uncharged or booking.paid_after:
        return {}
    return {"charge_due": scheduling.charge_at(starts_at=booking.starts_at)}


def _no_match_at(booking: Booking) -> datetime:
    """Return until when somebody may take it."""
    zone = ZoneInfo(booking.zone)
    nights = quiet_ahead(booking.entered_at, zone=zone, begins=STARTS, ends=ENDS)
    return no_match_at(
        entered_at=booking.entered_at,
        starts_at=booking.starts_at,
        within=timedelta(minutes=settings_of(DispatchSettings).search_minutes),
        quiet=list(nights),
    )


def _settle_at(booking: Booking) -> datetime:
    decided = settings_of(VisitSettings)
    return timers.settle_at(
        entered_at=booking.entered_at,
        accused=booking.accused,
        worker=timedelta(minutes=decided.worker_answers_minutes),
        customer=timedelta(hours=decided.customer_answers_hours),
    )


def _dispute_times(booking: Booking) -> dict[str, datetime]:
    decided = settings_of(VisitSettings)
    return timers.dispute_times(
        entered_at=booking.entered_at,
        answer=timedelta(hours=decided.dispute_answer_hours),
        agree=timedelta(days=decided.dispute_owner_days),
    )
