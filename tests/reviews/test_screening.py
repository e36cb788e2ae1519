"""What looks like one person playing two is held, decided by people, and explained."""

import json
from datetime import timedelta

import pytest

from kernel import clock
from kernel.actor import Actor, Role
from kernel.crypto import fingerprint
from kernel.errors import NotFound
from kernel.models import Timer
from kernel.timers import run_due_of
from marketplace.catalog.models import Worker
from payments.models import Payee, Payment
from reviews.actions.answer import appeal
from reviews.actions.moderate import moderate
from reviews.actions.see_device import key_of, see_device
from reviews.actions.submit_review import submit_private, submit_review
from reviews.models import DeviceSeen, ModeratorDecision, Review, Screening
from reviews.queries import held_reviews, queue
from reviews.queries.statements import evidence_of, reasons_with_points, statement_of
from reviews.rules.content import AlreadyAppealed, NothingToAppeal
from reviews.rules.moderation import DecidedBefore, NotModerator
from reviews.rules.score import Finding, score
from tenants.messaging.models import Notification
from tenants.support.models import Case, DecisionRecord
from tenants.tenancy.models import Membership
from tests.support.worlds import joins, person
from tests.support.worlds_bookings import MONDAY_NINE, WEDNESDAY_TEN

AFTER = WEDNESDAY_TEN + timedelta(hours=3)
SHARED = "a" * 32


def moderator(name: str) -> Actor:
    actor = joins(name, Role.STAFF)
    Membership.objects.filter(pk=actor.member_id).update(moderates=True)
    return actor


@pytest.fixture
def on_wednesday():
    with clock.travelling_to(AFTER):
        yield AFTER


def both_used(device: str) -> None:
    with clock.travelling_to(MONDAY_NINE):
        for name in ("ana", "clara"):
            see_device(user_id=person(name).pk, device=device)


def one_card_for_both(job) -> None:
    paid = Payment.objects.get(reference=job.reference)
    Payee.objects.filter(member__user=person("ana")).update(instrument=paid.instrument)


def both_review(job, clara, ana, *, stars=5) -> Review:
    review = submit_review(by=clara, booking_id=job.pk, stars=stars, text="Todo muy bien.")
    submit_private(by=ana, booking_id=job.pk, stars=5)
    review.refresh_from_db()
    return review


@pytest.fixture
def held(job_done, clara, ana, on_wednesday):
    """Ana and Clara used the same device when Clara booked."""
    both_used(SHARED)
    return both_review(job_done, clara, ana)


def told(review, notice):
    return Notification.objects.filter(to_id=review.author_id, notice=notice).count()


def test_a_shared_device_holds_a_review_and_says_why(held):
    assert held.state == "held"
    assert list(held_reviews()) == [held]
    assert Worker.objects.get(pk=held.worker_id).rating_count == 0
    record = DecisionRecord.objects.get(subject_id=held.pk)
    assert (record.kind, record.outcome, record.automated) == ("hold", "hold", "full")
    assert record.record["contributions"] == {"own_device": 4.0}
    assert told(held, "reviews.held") == 1
    statement = statement_of(held)
    assert statement.reasons == ["The visit was booked on a device that the worker also uses."]
    assert (statement.evidence, statement.automated) == (["Devices"], True)


@pytest.mark.parametrize("stars", [1, 3, 5])
def test_stars_change_nothing_about_the_score(job_done, clara, ana, on_wednesday, stars):
    both_used(SHARED)
    review = both_review(job_done, clara, ana, stars=stars)

    screening = Screening.objects.get(review=review, moment="reveal")
    assert screening.contributions == {"own_device": 4.0}
    assert screening.outcome == "hold"
    assert not {"stars", "criteria"} & json.loads(screening.snapshot).keys()


def test_an_own_card_alone_is_held(job_done, clara, ana, on_wednesday):
    one_card_for_both(job_done)

    assert both_review(job_done, clara, ana).state == "held"


def test_card_and_device_together_are_shown_and_not_counted(job_done, clara, ana, on_wednesday):
    both_used(SHARED)
    one_card_for_both(job_done)
    review = both_review(job_done, clara, ana)

    assert (review.state, review.reason) == ("not_counted", "screening")
    assert Worker.objects.get(pk=review.worker_id).rating_count == 0
    with clock.travelling_to(AFTER + timedelta(days=14)):
        run_due_of(review.pk)
    review.refresh_from_db()
    assert review.state == "published"


def test_what_was_stored_scores_the_same_again(held):
    screening = Screening.objects.get(review=held, moment="reveal")
    again = score([Finding(**each) for each in screening.findings])

    assert again.log_odds == pytest.approx(screening.log_odds, abs=1e-9)
    assert again.contributions == screening.contributions


def test_moderators_see_points_and_letters_never_keys(held):
    screening = Screening.objects.filter(review=held).latest("at")
    (reason,) = reasons_with_points(screening)
    shown = evidence_of(screening)

    assert (reason.points, reason.evidence) == (4.0, "Devices")
    assert shown["devices"] == [("booking", ["A"]), ("review", []), ("worker", ["A"])]
    assert key_of(SHARED) in screening.snapshot
    assert key_of(SHARED) not in str(shown)


def test_a_hold_ends_by_itself_after_72_hours(held):
    with clock.travelling_to(AFTER + timedelta(hours=71)):
        run_due_of(held.pk)
    held.refresh_from_db()
    assert held.state == "held"
    with clock.travelling_to(AFTER + timedelta(hours=72)):
        run_due_of(held.pk)
    held.refresh_from_db()
    assert held.state == "published"
    assert Worker.objects.get(pk=held.worker_id).rating_count == 1


def test_a_moderator_releases_a_review(held):
    marta = moderator("marta")
    moderate(by=marta, review_id=held.pk, decision="publish", reason_code="genuine")

    held.refresh_from_db()
    assert held.state == "published"
    assert told(held, "reviews.decided") == 1
    record = DecisionRecord.objects.filter(subject_id=held.pk).latest("number")
    assert (record.automated, record.record["human_id"]) == ("assisted", str(marta.member_id))
    pending = Timer.objects.filter(subject_id=held.pk, state="pending")
    assert not pending.exists()


def test_the_owner_a_party_and_a_plain_colleague_decide_nothing(held, olga):
    Membership.objects.filter(pk=olga.member_id).update(moderates=True)
    pedro, as_staff = joins("pedro", Role.STAFF), moderator("clara")

    for by in (olga, pedro, as_staff):
        with pytest.raises(NotModerator):
            moderate(by=by, review_id=held.pk, decision="remove", reason_code="other")
    held.refresh_from_db()
    assert held.state == "held"
    assert not ModeratorDecision.objects.exists()


def test_one_moderator_cannot_remove_and_two_can(held):
    marta, mario = moderator("marta"), moderator("mario")

    def removes(by):
        moderate(by=by, review_id=held.pk, decision="remove", reason_code="self_dealing")
        held.refresh_from_db()
        return held.state

    assert removes(marta) == "held"
    with pytest.raises(DecidedBefore):
        removes(marta)
    assert removes(mario) == "removed"
    assert statement_of(held).reasons == ["Worker and customer are not independent of each other."]


def test_the_author_appeals_once_and_somebody_else_decides(held, clara, olga):
    marta, mario = moderator("marta"), moderator("mario")
    moderate(by=marta, review_id=held.pk, decision="not_count", reason_code="self_dealing")
    appeal(by=clara, review_id=held.pk, text="Ana me prestó su teléfono.")

    with pytest.raises(AlreadyAppealed):
        appeal(by=clara, review_id=held.pk)
    assert Case.objects.get(kind="review_appeal").about_id == held.pk
    assert queue(by=olga) == [held]
    with pytest.raises(DecidedBefore):
        moderate(by=marta, review_id=held.pk, decision="publish", reason_code="genuine")
    moderate(by=mario, review_id=held.pk, decision="publish", reason_code="genuine")
    held.refresh_from_db()
    assert (held.state, held.reason) == ("published", "")


def test_an_appeal_that_nobody_answers_is_upheld(held, clara):
    moderate(
        by=moderator("marta"), review_id=held.pk, decision="not_count", reason_code="self_dealing"
    )
    appeal(by=clara, review_id=held.pk)
    with clock.travelling_to(AFTER + timedelta(days=14)):
        run_due_of(held.pk)

    held.refresh_from_db()
    assert held.state == "published"


def test_against_what_is_published_there_is_nothing_to_appeal(job_done, clara, ana, on_wednesday):
    review = both_review(job_done, clara, ana)

    with pytest.raises(NothingToAppeal):
        appeal(by=clara, review_id=review.pk)
    assert not Case.objects.filter(kind="review_appeal").exists()


def test_nobody_moderates_what_is_sealed(job_done, clara, on_wednesday):
    review = submit_review(by=clara, booking_id=job_done.pk, stars=1, text="Mal")

    with pytest.raises(NotFound):
        moderate(by=moderator("marta"), review_id=review.pk, decision="remove", reason_code="other")
    review.refresh_from_db()
    assert review.state == "sealed"


def test_a_device_is_noted_once_a_day_and_differs_between_tenants(patitas, clara):
    user = person("clara")
    with clock.travelling_to(MONDAY_NINE):
        see_device(user_id=user.pk, device=SHARED)
    with clock.travelling_to(MONDAY_NINE + timedelta(hours=23)):
        see_device(user_id=user.pk, device=SHARED)
    assert DeviceSeen.objects.get().last_seen_at == MONDAY_NINE
    with clock.travelling_to(MONDAY_NINE + timedelta(hours=25)):
        see_device(user_id=user.pk, device=SHARED)
    seen = DeviceSeen.objects.get()
    assert seen.last_seen_at == MONDAY_NINE + timedelta(hours=25)
    assert seen.device != SHARED
    assert seen.device != fingerprint(SHARED, purpose="oficio/fraud/v1|2|device")
