"""Steps on a booking, for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field

from kernel.actor import Actor
from marketplace.bookings.access import part_in
from marketplace.bookings.actions.preview_step import Preview, preview_step
from marketplace.bookings.actions.take_step import Facts, Outcome, take_step
from marketplace.bookings.api.shapes import BookingOut, booking_out

router = Router(tags=["bookings"])


class StepIn(Schema):
    """What comes with a step; each step takes what it needs."""

    model_config = ConfigDict(extra="forbid")

    expected_version: int | None = None
    reason: str = Field(default="", max_length=300)
    pin: str = Field(default="", max_length=12)
    note: str = Field(default="", max_length=1000)
    rate_bp: int | None = Field(default=None, ge=0, le=10_000)
    starts_at: AwareDatetime | None = None
    agree: bool | None = None
    about: str = Field(default="", max_length=20)
    words: str = Field(default="", max_length=1000)
    amount_minor: int | None = Field(
        default=None, ge=0, description="With `check_out`: what the work cost, of an estimate."
    )
    outcome: str = Field(default="", max_length=20)
    fault: str = Field(default="", max_length=20)
    worker_service_id: UUID | None = None


class MoneyEffectOut(Schema):
    """Something that a step would do to the money."""

    code: str
    amount_minor: int
    currency: str


class PreviewOut(BookingOut):
    """A booking as it would be after a step, and what the step would do to its money."""

    money_effects: list[MoneyEffectOut]


class ProblemOut(Schema):
    """Why something was refused."""

    type: str
    title: str
    status: int
    details: dict[str, Any]


@router.post(
    "/bookings/{booking_id}/transitions/{step}",
    response={200: PreviewOut | BookingOut, 409: ProblemOut},
    operation_id="take_step",
)
def create_transition(
    request: HttpRequest, booking_id: UUID, step: str, body: StepIn, dry_run: bool = False
) -> Status[Any]:
    """Take a step on a booking. With `dry_run` nothing is stored, and the answer shows what would
    be: the state, what is kept and what goes back, and every effect on the money.
    """
    by, booking = part_in(request, booking_id=booking_id)
    asked: dict[str, Any] = {
        "by": by,
        "booking_id": booking.pk,
        "step": step,
        "expected_version": body.expected_version,
        "facts": Facts(**body.model_dump(exclude={"expected_version"})),
    }
    if dry_run:
        return Status(200, _preview_out(preview_step(**asked), by))
    outcome: Outcome = take_step(**asked)
    if (refusal := outcome.refusal) is not None:
        problem = ProblemOut(
            type=refusal.code, title=refusal.title, status=409, details=refusal.details
        )
        return Status(409, problem)
    return Status(200, booking_out(outcome.booking, by))


def _preview_out(preview: Preview, by: Actor) -> PreviewOut:
    effects = [
        MoneyEffectOut(code=code, amount_minor=amount.minor, currency=amount.currency)
        for code, amount in preview.money
    ]
    shown = booking_out(preview.booking, by, proofs=False)
    return PreviewOut(money_effects=effects, **shown.model_dump())
