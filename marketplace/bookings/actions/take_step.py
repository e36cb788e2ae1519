"""Every step that a person may take on a booking, by the name that the process gives it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Conflict
from kernel.timers import run_due_of
from marketplace.bookings.actions.moves import locked_booking, move
from marketplace.bookings.models import Booking, CheckoutPhoto
from marketplace.bookings.queries.bookings import party_in
from marketplace.bookings.rules import guards
from marketplace.bookings.rules.process import Party
from tenants.identity.actions.check_pin import PinOutcome, check_pin, vouch
from tenants.tenancy.actions.take_upload import take_upload

WORDS = ("about", "words", "outcome", "fault")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What comes with a step: each step takes what it needs of these and ignores the rest."""

    reason: str = ""
    pin: str = ""
    note: str = ""
    rate_bp: int | None = None
    starts_at: datetime | None = None
    agree: bool | None = None
    about: str = ""
    words: str = ""
    amount_minor: int | None = None
    outcome: str = ""
    fault: str = ""
    worker_service_id: UUID | None = None
    photos: Sequence[File[bytes]] = field(default_factory=tuple)

    @property
    def plain(self) -> dict[str, Any]:
        """What the steps' effects read, and the log keeps."""
        given = {
            "rate_bp": self.rate_bp,
            "starts_at": self.starts_at and self.starts_at.isoformat(),
            **{
                name: getattr(self, name) or None for name in ("about", "words", "outcome", "fault")
            },
            "worker_service_id": self.worker_service_id and str(self.worker_service_id),
            "agree": self.agree,
            "amount_minor": self.amount_minor,
        }
        return {name: value for name, value in given.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The booking after a step; `pin` says what was wrong if a PIN was, and then nothing moved.

    A wrong PIN is no refusal: that it was tried has to be kept.
    """

    booking: Booking
    pin: PinOutcome | None = None

    @property
    def ok(self) -> bool:
        """Tell whether the step was taken."""
        return self.pin is None or self.pin.ok

    @property
    def refusal(self) -> Conflict | None:
        """Return how to tell people about a PIN that was not right."""
        if self.pin is None or self.pin.ok:
            return None
        verdicts: dict[str, type[Conflict]] = {
            "locked": guards.PinLocked,
            "fallback_only": guards.PinUseless,
        }
        told = verdicts.get(self.pin.verdict.value, guards.PinWrong)
        return told(left=self.pin.left, fields=["pin"])


@transaction.atomic
def take_step(
    *,
    by: Actor,
    booking_id: UUID,
    step: str,
    expected_version: int | None = None,
    facts: Facts | None = None,
) -> Outcome:
    """Take a step on a booking, or refuse it with nothing changed."""
    given = facts or Facts()
    special = {"check_in": _check_in, "check_out": _check_out}
    if step in special:
        return special[step](by, booking_id, expected_version, given)
    return Outcome(booking=_move(by, booking_id, step, expected_version, given, given.plain))


def _check_in(by: Actor, booking_id: UUID, version: int | None, given: Facts) -> Outcome:
    """Begin: the worker with the customer's PIN, the customer with a tap, staff with a reason."""
    run_due_of(booking_id)
    booking = locked_booking(booking_id, by=by)
    party = party_in(booking, by)
    booking.rule.take("check_in", origin=booking.at, party=party, branch=booking.mode)
    if version is not None and version != booking.version:
        raise guards.VersionConflict(version=booking.version)
    guards.check_begin(starts_at=booking.starts_at, at=clock.now())
    source = "staff"
    if party == Party.WORKER:
        outcome = check_pin(by=by, visit_id=booking.pk, pin=given.pin)
        if not outcome.ok:
            return Outcome(booking=booking, pin=outcome)
        source = outcome.method
    elif party == Party.CUSTOMER:
        source = vouch(visit_id=booking.pk, method="customer_link").proved_by
    return Outcome(booking=_move(by, booking_id, "check_in", version, given, {"source": source}))


def _check_out(by: Actor, booking_id: UUID, version: int | None, given: Facts) -> Outcome:
    """Finish: a note, photos, which some jobs cannot do without, and what an estimate came to."""
    booking = locked_booking(booking_id, by=by)
    party = party_in(booking, by)
    booking.rule.take("check_out", origin=booking.at, party=party, branch=booking.mode)
    count = _keep_photos(by, booking, given.photos, completion=booking.completion)
    facts: dict[str, Any] = {"note": given.note.strip()[:1000], "photos": count}
    if given.amount_minor is not None and booking.over_bp is not None:
        facts["final_minor"] = given.amount_minor
    return Outcome(booking=_move(by, booking_id, "check_out", version, given, facts))


def _move(
    by: Actor,
    booking_id: UUID,
    step: str,
    version: int | None,
    given: Facts,
    facts: dict[str, Any],
) -> Booking:
    return move(
        by=by,
        booking_id=booking_id,
        step=step,
        expected_version=version,
        reason=given.reason,
        facts=facts,
    )


@transaction.atomic
def add_photos(*, by: Actor, booking_id: UUID, photos: Sequence[File[bytes]]) -> Booking:
    """Keep photos of a job that is being finished, ahead of check-out."""
    booking = locked_booking(booking_id, by=by)
    party = party_in(booking, by)
    booking.rule.take("check_out", origin=booking.at, party=party, branch=booking.mode)
    _keep_photos(by, booking, photos, completion="")
    return booking


def _keep_photos(
    by: Actor, booking: Booking, photos: Sequence[File[bytes]], *, completion: str
) -> int:
    before = CheckoutPhoto.objects.filter(booking=booking).count()
    guards.check_photos(before=before, added=len(photos), completion=completion)
    for place, upload in enumerate(photos, before + 1):
        stored = take_upload(by=by, upload=upload, purpose="bookings.check_out")
        CheckoutPhoto.objects.create(booking=booking, file=stored, position=place)
    return before + len(photos)
