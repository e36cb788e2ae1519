"""Reviews, for programs. What is sealed is told to its author only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict

from kernel.actor import Actor, Role
from kernel.errors import Invalid, NotFound
from marketplace.bookings.models import Booking
from marketplace.bookings.queries import booking_of
from marketplace.catalog.queries import worker_by_slug
from reviews.access import device_of
from reviews.actions.answer import appeal, reply, report_review
from reviews.actions.edit_review import edit_review, withdraw_review
from reviews.actions.moderate import moderate
from reviews.actions.see_device import key_of
from reviews.actions.submit_review import submit_private, submit_review
from reviews.models import Review
from reviews.queries import figures_of, queue, shown_for, standing_of
from tenants.tenancy.access import actor_of, office_actor_of, roles

router = Router(tags=["reviews"])
PAGE = 20


class CursorInvalid(Invalid):
    code = "review.cursor_invalid"
    title = "This cursor is not one of ours."


class In(Schema):
    """What a caller may send: nothing that is not named."""

    model_config = ConfigDict(extra="forbid")


class ReviewIn(In):
    """What a side says: text and criteria are a customer's, tags and note a worker's."""

    stars: int
    text: str = ""
    criteria: dict[str, int] = {}
    tags: list[str] = []
    note: str = ""


class EditIn(In):
    """What an author says instead, while it is sealed."""

    stars: int
    text: str = ""
    criteria: dict[str, int] | None = None


class TextIn(In):
    """Words."""

    text: str = ""


class DecisionIn(In):
    """What a moderator decides."""

    decision: str
    reason_code: str
    note: str = ""


class ReviewOut(Schema):
    """A review as its author, or everybody, may read it."""

    id: UUID
    side: str
    state: str
    stars: int | None
    criteria: dict[str, int]
    tags: list[str]
    text: str
    language: str
    label: str
    reason: str
    submitted_at: datetime
    revealed_at: datetime | None
    reply: str | None


class StandingOut(Schema):
    """How the reviews of a visit stand, for one side."""

    mine: ReviewOut | None
    theirs: ReviewOut | None
    other_submitted: bool
    may_write: bool
    closes_at: datetime | None


class FiguresOut(Schema):
    """What a worker's reviews add up to."""

    average: float | None
    counted: int
    distribution: dict[str, int]
    labels: dict[str, int]
    excluded: dict[str, int]


class ReviewPage(Schema):
    """A page of reviews, newest first."""

    figures: FiguresOut
    items: list[ReviewOut]
    next_cursor: str | None


class QueuedOut(Schema):
    """A review that waits for a moderator."""

    id: UUID
    state: str
    reason: str
    worker_id: UUID
    revealed_at: datetime | None
    appealed: bool


class DoneOut(Schema):
    """It is done."""

    id: UUID
    state: str


@router.get("/bookings/{uuid:booking_id}/review", response=StandingOut, operation_id="get_review")
def get_review(request: HttpRequest, booking_id: UUID) -> StandingOut:
    """Return how the reviews of a visit stand, for whoever asks."""
    by, booking = _party(request, booking_id)
    return _standing(booking, by)


@router.post(
    "/bookings/{uuid:booking_id}/reviews",
    response={201: ReviewOut},
    operation_id="submit_review",
)
def post_review(request: HttpRequest, booking_id: UUID, body: ReviewIn) -> Status[ReviewOut]:
    """Review a visit, as its customer or its worker."""
    by, _ = _party(request, booking_id)
    if by.role == Role.WORKER:
        said = body.note or body.text
        private = submit_private(
            by=by, booking_id=booking_id, stars=body.stars, tags=body.tags, note=said
        )
        return Status(201, _out(private))
    device = device_of(request)
    written = submit_review(
        by=by,
        booking_id=booking_id,
        stars=body.stars,
        text=body.text,
        criteria=body.criteria,
        device=key_of(device) if device else "",
    )
    return Status(201, _out(written))


@router.patch("/reviews/{uuid:review_id}", response=ReviewOut, operation_id="edit_review")
def patch_review(request: HttpRequest, review_id: UUID, body: EditIn) -> ReviewOut:
    """Change one's own review while it is sealed."""
    by = actor_of(request, role=Role.CUSTOMER)
    return _out(edit_review(by=by, review_id=review_id, **body.dict()))


@router.post("/reviews/{uuid:review_id}/withdraw", response=DoneOut, operation_id="withdraw_review")
def post_withdraw(request: HttpRequest, review_id: UUID) -> Review:
    """Take one's own review back."""
    return withdraw_review(by=actor_of(request, role=Role.CUSTOMER), review_id=review_id)


@router.post("/reviews/{uuid:review_id}/reply", response=DoneOut, operation_id="reply_to_review")
def post_reply(request: HttpRequest, review_id: UUID, body: TextIn) -> Review:
    """Answer a review of oneself, once."""
    by = actor_of(request, role=Role.WORKER)
    return reply(by=by, review_id=review_id, text=body.text).review


@router.post("/reviews/{uuid:review_id}/report", response=DoneOut, operation_id="report_review")
def post_report(request: HttpRequest, review_id: UUID, body: TextIn) -> Review:
    """Tell the office that a review should not be there."""
    return report_review(by=_anybody(request), review_id=review_id, text=body.text).review


@router.post("/reviews/{uuid:review_id}/appeal", response=DoneOut, operation_id="appeal_review")
def post_appeal(request: HttpRequest, review_id: UUID, body: TextIn) -> Review:
    """Ask that somebody else look at a decision about one's own review."""
    by = actor_of(request, role=Role.CUSTOMER)
    return appeal(by=by, review_id=review_id, text=body.text)


@router.get(
    "/workers/{slug:slug}/reviews",
    response=ReviewPage,
    operation_id="list_worker_reviews",
    auth=None,
)
def list_reviews(request: HttpRequest, slug: str, cursor: str = "") -> ReviewPage:
    """List what customers say about a worker, with what it adds up to."""
    worker = worker_by_slug(slug)
    start = int(cursor) if cursor.isdigit() else 0
    if cursor and not start:
        raise CursorInvalid
    rows = list(shown_for(worker.pk)[start : start + PAGE + 1])
    figures = figures_of(worker)
    counted = {str(stars): many for stars, many, _ in figures.distribution}
    return ReviewPage(
        figures=FiguresOut(
            average=figures.average,
            counted=figures.counted,
            distribution=counted,
            labels=figures.labels,
            excluded=figures.excluded,
        ),
        items=[_out(row) for row in rows[:PAGE]],
        next_cursor=str(start + PAGE) if len(rows) > PAGE else None,
    )


@router.get("/reviews/queue", response=list[QueuedOut], operation_id="list_review_queue")
def list_queue(request: HttpRequest) -> list[dict[str, Any]]:
    """List the reviews that wait for a moderator."""
    names = ("id", "state", "reason", "worker_id", "revealed_at")
    return [
        {name: getattr(row, name) for name in names} | {"appealed": row.appealed_at is not None}
        for row in queue(by=office_actor_of(request))
    ]


@router.post("/reviews/{uuid:review_id}/decisions", response=DoneOut, operation_id="decide_review")
def post_decision(request: HttpRequest, review_id: UUID, body: DecisionIn) -> Review:
    """Decide about a review, as a moderator."""
    by = office_actor_of(request)
    made = moderate(by=by, review_id=review_id, **body.dict())
    return made.review


def _party(request: HttpRequest, booking_id: UUID) -> tuple[Actor, Booking]:
    """Return in which capacity somebody has a part in a visit; a stranger finds nothing."""
    for role in (Role.CUSTOMER, Role.WORKER):
        if role in roles(request):
            by = actor_of(request, role=role)
            try:
                return by, booking_of(by=by, booking_id=booking_id)
            except NotFound:
                continue
    raise NotFound(what="booking")


def _anybody(request: HttpRequest) -> Actor:
    for role in (Role.CUSTOMER, Role.WORKER):
        if role in roles(request):
            return actor_of(request, role=role)
    return office_actor_of(request)


def _standing(booking: Booking, by: Actor) -> StandingOut:
    standing = standing_of(booking, by=by)
    return StandingOut(
        mine=_out(standing.mine) if standing.mine else None,
        theirs=_out(standing.theirs) if standing.theirs else None,
        other_submitted=standing.other_submitted,
        may_write=standing.may_write,
        closes_at=standing.closes_at,
    )


def _out(row: Review) -> ReviewOut:
    names = [name for name in ReviewOut.model_fields if name != "reply"]
    answer = getattr(row, "reply", None)
    fields = {name: getattr(row, name) for name in names}
    return ReviewOut(**fields, reply=answer.text if answer else None)
