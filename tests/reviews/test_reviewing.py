"""Two people review each other blind; what is revealed stays as it is."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, connection, transaction

from kernel import clock
from kernel.actor import Role
from kernel.errors import NotFound
from kernel.models import OutboxEvent, Timer
from kernel.timers import run_due_of
from marketplace.catalog.models import Worker
from reviews.actions.answer import reply
from reviews.actions.edit_review import edit_review, withdraw_review
from reviews.actions.submit_review import submit_private, submit_review
from reviews.models import Review, ReviewPhoto, Screening
from reviews.queries import figures_of, held_reviews, photo_for, queue, shown_for, standing_of
from reviews.rules.content import (
    AlreadyReplied,
    ConsentMissing,
    CriterionUnknown,
    StarsMissing,
    TextTooLong,
)
from reviews.rules.eligibility import AlreadyReviewed, NotEligible, Revealed, WindowClosed
from reviews.rules.review_states import State
from tenants.messaging.models import Notification
from tests.support.worlds import joins
from tests.support.worlds_bookings import WEDNESDAY_TEN
from tests.tenancy.test_uploads import photo

AFTER = WEDNESDAY_TEN + timedelta(hours=3)
WINDOW = timedelta(days=14)
TEXT = "Ana llegó puntual y Canela volvió feliz."


@pytest.fixture
def on_wednesday():
    with clock.travelling_to(AFTER):
        yield AFTER


def says(clara, job, **changed):
    said = {"stars": 5, "text": TEXT, **changed}
    return submit_review(by=clara, booking_id=job.pk, **said)


def told(notice):
    return Notification.objects.filter(notice=notice).count()


def test_both_sides_are_invited_when_a_visit_is_over(job_done):
    assert told("reviews.invited_customer") == 1
    assert told("reviews.invited_worker") == 1
    timers = Timer.objects.filter(subject_id=job_done.pk, name="reviews.window_ends")
    assert timers.get().due_at == job_done.completed_at + WINDOW


def test_a_review_stays_sealed_until_the_other_has_spoken(job_done, clara, ana, on_wednesday):
    review = says(clara, job_done, stars=1)

    assert (review.state, review.revealed_at) == ("sealed", None)
    seen = standing_of(job_done, by=ana)
    assert (seen.theirs, seen.other_submitted, seen.may_write) == (None, True, True)
    assert list(shown_for(review.worker_id)) == []
    assert figures_of(review.worker).counted == 0
    submit_private(by=ana, booking_id=job_done.pk, stars=4, tags=["kind"])
    review.refresh_from_db()
    assert (review.state, review.revealed_at) == ("published", AFTER)
    assert standing_of(job_done, by=ana).theirs == review


def test_a_sealed_review_is_nothing_to_the_office_nor_in_any_event(
    job_done, clara, olga, on_wednesday
):
    review = says(clara, job_done, stars=1)

    assert queue(by=olga) == []
    assert list(held_reviews()) == []
    submitted = OutboxEvent.objects.get(name="reviews.submitted")
    assert submitted.payload == {
        "review_id": str(review.pk),
        "booking_id": str(job_done.pk),
        "side": "customer",
    }


def test_what_a_worker_says_is_never_the_customers_to_read(job_done, clara, ana, on_wednesday):
    says(clara, job_done)
    submit_private(by=ana, booking_id=job_done.pk, stars=1, note="No abrió la puerta.")

    seen = standing_of(job_done, by=clara)
    assert (seen.mine.state, seen.theirs) == ("published", None)
    assert Worker.objects.get(pk=job_done.worker_id).rating_count == 1


def test_the_windows_end_reveals_what_is_there(job_done, clara):
    with clock.travelling_to(AFTER):
        review = says(clara, job_done)
    with clock.travelling_to(job_done.completed_at + WINDOW):
        run_due_of(job_done.pk)
    review.refresh_from_db()

    assert review.state == "published"


def test_a_published_review_moves_the_workers_average(job_done, clara, ana, on_wednesday):
    says(clara, job_done, stars=4)
    submit_private(by=ana, booking_id=job_done.pk, stars=5)

    worker = Worker.objects.get(pk=job_done.worker_id)
    assert (worker.rating_sum, worker.rating_count) == (4, 1)
    figures = figures_of(worker)
    assert figures.average == worker.rating == (10 * 4.5 + 4) / 11
    assert figures.labels == {"verified": 1}
    assert told("reviews.published") == 1
    assert told("reviews.received") == 1


def test_each_side_reviews_once(job_done, clara, on_wednesday):
    says(clara, job_done)

    with pytest.raises(AlreadyReviewed):
        says(clara, job_done, stars=1)
    assert Review.objects.get().stars == 5


def test_the_database_keeps_one_review_per_side(job_done, clara, on_wednesday):
    review = says(clara, job_done)

    with pytest.raises(IntegrityError, match="one_review_per_side"), transaction.atomic():
        Review.objects.create(
            side="customer",
            booking=job_done,
            author_id=clara.member_id,
            worker_id=review.worker_id,
            stars=1,
        )


def test_a_visit_that_is_not_over_is_not_reviewed(clara_booked_ana, clara):
    with pytest.raises(NotEligible):
        says(clara, clara_booked_ana)
    assert not Review.objects.exists()


def test_nobody_reviews_after_the_window(job_done, clara):
    late = job_done.completed_at + WINDOW + timedelta(seconds=1)
    with clock.travelling_to(late), pytest.raises(WindowClosed):
        says(clara, job_done)
    assert not Review.objects.exists()


def test_an_owner_and_a_stranger_review_nothing(job_done, olga, ana, on_wednesday):
    with pytest.raises(NotEligible):
        says(olga, job_done)
    with pytest.raises(NotEligible):
        says(ana, job_done)
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"stars": 0}, StarsMissing),
        ({"stars": 6}, StarsMissing),
        ({"criteria": {"beauty": 3}}, CriterionUnknown),
        ({"criteria": {"care": 6}}, CriterionUnknown),
        ({"text": "x" * 2001}, TextTooLong),
        ({"photos": [ContentFile(b"x")]}, ConsentMissing),
    ],
)
def test_what_does_not_fit_is_refused(job_done, clara, on_wednesday, changed, refusal):
    with pytest.raises(refusal):
        says(clara, job_done, **changed)
    assert not Review.objects.exists()


def test_while_sealed_an_author_may_edit_and_afterwards_not(job_done, clara, ana, on_wednesday):
    review = says(clara, job_done)
    edit_review(by=clara, review_id=review.pk, stars=2, text="Pensándolo bien, llegó tarde.")
    submit_private(by=ana, booking_id=job_done.pk, stars=5)

    with pytest.raises(Revealed):
        edit_review(by=clara, review_id=review.pk, stars=5, text="")
    review.refresh_from_db()
    assert (review.stars, review.state) == (2, "published")


def test_nobody_edits_or_withdraws_anothers(job_done, clara, ana, on_wednesday):
    review = says(clara, job_done)

    for action in (
        lambda: edit_review(by=ana, review_id=review.pk, stars=5, text=""),
        lambda: withdraw_review(by=ana, review_id=review.pk),
    ):
        with pytest.raises(NotFound):
            action()
    review.refresh_from_db()
    assert (review.stars, review.state) == (5, "sealed")


@pytest.fixture
def published(job_done, clara, ana, on_wednesday):
    review = submit_review(
        by=clara,
        booking_id=job_done.pk,
        stars=5,
        text=TEXT,
        photos=[ContentFile(photo())],
        consent=True,
    )
    submit_private(by=ana, booking_id=job_done.pk, stars=5)
    review.refresh_from_db()
    return review


@pytest.mark.parametrize(
    "statement",
    [
        "update reviews_review set stars = 1",
        "update reviews_review set text = 'otra cosa'",
        "update reviews_review set criteria = '{\"care\": 1}'",
        "update reviews_review set revealed_at = null, state = 'sealed'",
        "update reviews_review set author_id = (select id from tenancy_membership limit 1)",
        "update reviews_review set submitted_at = now()",
        "delete from reviews_reviewphoto",
        "delete from reviews_reviewstep; delete from reviews_screening; delete from reviews_review",
    ],
)
def test_the_database_refuses_to_change_what_is_revealed(published, statement):
    refused = pytest.raises(DatabaseError, match=r"final|stays|permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    published.refresh_from_db()
    assert (published.stars, published.text) == (5, TEXT)


def test_withdrawing_takes_the_words_away_and_leaves_that_there_was_one(published, clara):
    withdraw_review(by=clara, review_id=published.pk)

    published.refresh_from_db()
    assert (published.state, published.stars, published.text) == ("withdrawn", None, "")
    assert not ReviewPhoto.objects.exists()
    assert Worker.objects.get(pk=published.worker_id).rating_count == 0


def test_the_worker_answers_once(published, ana, clara):
    reply(by=ana, review_id=published.pk, text="¡Gracias, Clara!")

    with pytest.raises(AlreadyReplied):
        reply(by=ana, review_id=published.pk, text="Otra")
    published.refresh_from_db()
    assert published.reply.text == "¡Gracias, Clara!"


def test_a_photo_is_shown_to_all_only_once_its_review_is(job_done, clara, ana, on_wednesday):
    says(clara, job_done, photos=[ContentFile(photo())], consent=True)
    picture = ReviewPhoto.objects.get()

    with pytest.raises(NotFound):
        photo_for(by=[], photo_id=picture.pk)
    with pytest.raises(NotFound):
        photo_for(by=[ana], photo_id=picture.pk)
    assert photo_for(by=[clara], photo_id=picture.pk) == picture
    submit_private(by=ana, booking_id=job_done.pk, stars=5)
    assert photo_for(by=[], photo_id=picture.pk) == picture


def test_both_looks_are_kept_with_their_facts(published):
    looks = list(Screening.objects.order_by("at", "id").values_list("moment", "outcome"))

    assert looks == [("submit", "publish"), ("reveal", "publish")]
    assert published.state == State.PUBLISHED


def test_a_customer_who_also_works_here_is_shown_but_not_counted(
    job_done, clara, ana, on_wednesday
):
    from_clara = says(clara, job_done)
    joins("clara", Role.STAFF)
    submit_private(by=ana, booking_id=job_done.pk, stars=5)
    from_clara.refresh_from_db()

    assert (from_clara.state, from_clara.reason) == ("not_counted", "insider")
    assert figures_of(from_clara.worker).excluded == {"insider": 1}
