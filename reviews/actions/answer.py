"""People answer to a review: the worker replies, anybody reports, the author asks to look again."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.reading import filled
from kernel.timers import set_timer
from reviews.actions.take_step import locked
from reviews.models import Review, ReviewReply, ReviewReport
from reviews.queries.reviews import own_review, public_review, review_of_me
from reviews.rules.content import (
    LONGEST_REPLY,
    AlreadyAppealed,
    AlreadyReplied,
    NothingToAppeal,
    ReplyTooLate,
    check_text,
)
from reviews.rules.review_states import State
from reviews.tenant_settings import ReviewSettings
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import here, settings_of

APPEALABLE = (State.HELD, State.NOT_COUNTED, State.REMOVED)
UNDECIDED_FOR = timedelta(days=14)


@transaction.atomic
def reply(*, by: Actor, review_id: UUID, text: str) -> ReviewReply:
    """Answer a review of oneself, once and for good."""
    if by.member_id is None:
        raise NotFound(what="review")
    review = locked(review_of_me(by=by, review_id=review_id).pk)
    check_text(text, limit=LONGEST_REPLY)
    if ReviewReply.objects.filter(review=review).exists():
        raise AlreadyReplied
    days = settings_of(ReviewSettings).reply_days
    if review.revealed_at is None or clock.now() > review.revealed_at + timedelta(days=days):
        raise ReplyTooLate
    return ReviewReply.objects.create(
        review=review, author_id=by.member_id, text=text.strip(), at=clock.now()
    )


@transaction.atomic
def report_review(*, by: Actor, review_id: UUID, text: str) -> ReviewReport:
    """Tell the office that a review should not be there; a second time adds nothing."""
    if by.member_id is None:
        raise NotFound(what="review")
    review = public_review(review_id)
    check_text(text, limit=LONGEST_REPLY)
    report, _ = ReviewReport.objects.get_or_create(
        review=review, by_id=by.member_id, defaults={"text": text, "at": clock.now()}
    )
    with override(here().locale):
        title = gettext("Somebody reported a review of {worker}.")
    _open_case(
        by, review, kind="review_report", title=filled(title, {"worker": review.worker.name})
    )
    return report


@transaction.atomic
def appeal(*, by: Actor, review_id: UUID, text: str = "") -> Review:
    """Ask, once, that somebody else look at a decision; 14 days without an answer undo it."""
    review = locked(own_review(by=by, review_id=review_id).pk)
    if review.side != Review.CUSTOMER or review.at not in APPEALABLE:
        raise NothingToAppeal
    if review.appealed_at is not None:
        raise AlreadyAppealed
    check_text(text, limit=LONGEST_REPLY)
    review.appealed_at = clock.now()
    review.save(update_fields=["appealed_at"])
    set_timer("reviews.appeal_over", subject_id=review.pk, at=clock.now() + UNDECIDED_FOR)
    with override(here().locale):
        title = gettext("The author asks for another look at a review of {worker}: {text}")
    words = filled(title, {"worker": review.worker.name, "text": text or "—"})
    _open_case(by, review, kind="review_appeal", title=words)
    return review


def _open_case(by: Actor, review: Review, *, kind: str, title: str) -> None:
    open_case(
        by=by,
        kind=kind,
        priority="P3",
        about_kind="review",
        about_id=review.pk,
        person_id=review.author_id,
        title=title[:200],
        key=f"{kind}:{review.pk}",
    )
