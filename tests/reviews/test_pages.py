"""Reviews in the browser and through the API: what each side, the office and all others see."""

from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock
from kernel.actor import Role
from reviews.actions.submit_review import submit_private, submit_review
from reviews.models import DeviceSeen, Review
from tenants.support.models import DecisionRecord
from tests.reviews.test_screening import SHARED, both_used, moderator
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN

AFTER = WEDNESDAY_TEN + timedelta(hours=3)
SECRET = "Llegó una hora tarde y de mal humor."


@pytest.fixture
def on_wednesday():
    with clock.travelling_to(AFTER):
        yield AFTER


def browser(name, **options):
    return signed_in_client(name, **options)


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_customer_reviews_without_javascript_and_may_change_it(job_done, on_wednesday):
    clara = browser("clara")
    path = f"/bookings/{job_done.code}/review/"
    assert 'name="stars"' in page(clara, path)

    answer = clara.post(path, {"stars": "4", "text": "Bien", "care": "5"})
    assert (answer.status_code, answer["Location"]) == (302, path)
    clara.post(path, {"stars": "3", "text": "Regular"})
    review = Review.objects.get()
    assert (review.stars, review.text, review.state) == (3, "Regular", "sealed")
    assert DeviceSeen.objects.filter(user_id=review.author.user_id).count() == 1


def test_what_was_typed_is_kept_when_stars_are_missing(job_done, on_wednesday):
    answer = browser("clara").post(f"/bookings/{job_done.code}/review/", {"text": SECRET})

    assert answer.status_code == 422
    assert SECRET in answer.content.decode()
    assert not Review.objects.exists()


def test_nothing_sealed_leaves_by_any_door(job_done, clara, olga, on_wednesday):
    review = submit_review(by=clara, booking_id=job_done.pk, stars=1, text=SECRET)
    slug = review.worker.slug
    moderator("marta")
    doors = {
        "ana": [
            f"/work/jobs/{job_done.code}/review/",
            f"/work/jobs/{job_done.code}/",
            f"/api/v1/bookings/{job_done.pk}/review",
        ],
        "olga": ["/office/reviews/", "/api/v1/reviews/queue"],
        "marta": ["/office/reviews/"],
        "berto": [f"/w/{slug}/reviews/", f"/w/{slug}/", f"/api/v1/workers/{slug}/reviews"],
    }
    joins("berto", Role.CUSTOMER)
    for name, paths in doors.items():
        for path in paths:
            seen = page(browser(name, strong=name in ("olga", "marta")), path)
            assert SECRET not in seen, path
            assert str(review.pk) not in seen, path
    marta = browser("marta", strong=True)
    assert marta.get(f"/office/reviews/{review.pk}/").status_code == 404


def test_the_api_tells_a_side_only_that_the_other_has_submitted(job_done, clara, on_wednesday):
    submit_review(by=clara, booking_id=job_done.pk, stars=1, text=SECRET)
    told = browser("ana").get(f"/api/v1/bookings/{job_done.pk}/review").json()

    assert (told["mine"], told["theirs"], told["other_submitted"]) == (None, None, True)


def test_the_api_reviews_once(job_done, on_wednesday):
    clara, path = browser("clara"), f"/api/v1/bookings/{job_done.pk}/reviews"
    first = clara.post(path, {"stars": 5, "text": "Bien"}, content_type="application/json")
    again = clara.post(path, {"stars": 1}, content_type="application/json")

    assert (first.status_code, first.json()["state"]) == (201, "sealed")
    assert (again.status_code, again.json()["type"]) == (409, "already_reviewed")
    assert Review.objects.get().stars == 5


def test_what_is_published_is_on_the_profile_and_answered(job_done, clara, ana, on_wednesday):
    review = submit_review(by=clara, booking_id=job_done.pk, stars=4, text="Muy puntual.")
    submit_private(by=ana, booking_id=job_done.pk, stars=2, note=SECRET)
    worker = browser("ana")
    answer = worker.post(f"/reviews/{review.pk}/answer/", {"text": "¡Gracias!"})

    assert answer.status_code == 302
    seen = page(Client(headers={"host": "patitas.localhost"}), f"/w/{review.worker.slug}/reviews/")
    assert "Muy puntual." in seen
    assert "¡Gracias!" in seen
    assert SECRET not in seen
    assert SECRET not in page(browser("clara"), f"/bookings/{job_done.code}/review/")


def test_a_moderator_decides_in_the_office_and_the_author_reads_why(
    job_done, clara, ana, olga, on_wednesday
):
    both_used(SHARED)
    review = submit_review(by=clara, booking_id=job_done.pk, stars=5, text="Todo muy bien.")
    submit_private(by=ana, booking_id=job_done.pk, stars=5)
    moderator("marta")
    path = f"/office/reviews/{review.pk}/"
    marta, owner = browser("marta", strong=True), browser("olga", strong=True)
    choice = {"decision": "not_count", "reason_code": "self_dealing", "note": "Mismo aparato."}

    assert "La visita se reservó en un dispositivo" in page(marta, "/office/reviews/")
    assert "dispositivo A" in page(marta, path)
    refused = owner.post(path, choice)
    review.refresh_from_db()
    assert (refused.status_code, review.state) == (422, "held")
    why = page(browser("clara"), f"/reviews/{review.pk}/statement/")
    assert "Lo decidió un programa" in why
    assert "4.0" not in why
    assert marta.post(path, choice).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.reason) == ("not_counted", "moderator")
    told = page(browser("clara"), f"/reviews/{review.pk}/statement/")
    assert "Lo decidió una persona" in told
    assert "Mismo aparato." not in told
    record = DecisionRecord.objects.get(outcome="not_count")
    assert "Mismo aparato." in page(owner, f"/office/decisions/{record.pk}/")
    appealed = browser("clara").post(f"/reviews/{review.pk}/statement/", {"text": "No es así"})
    assert appealed.status_code == 302


def test_another_customer_finds_neither_review_nor_statement(job_done, clara, on_wednesday):
    review = submit_review(by=clara, booking_id=job_done.pk, stars=1, text=SECRET)
    joins("berto", Role.CUSTOMER)
    berto = browser("berto")

    for path in (f"/bookings/{job_done.code}/review/", f"/reviews/{review.pk}/statement/"):
        assert berto.get(path).status_code == 404
    assert berto.post(f"/reviews/{review.pk}/withdraw/").status_code == 404
    assert Review.objects.get().state == "sealed"


def test_everybody_may_read_how_reviews_work(patitas):
    seen = page(Client(headers={"host": "patitas.localhost"}), "/how-reviews-work/")

    assert "en un plazo de 14 días" in seen
    assert "90 días" in seen


def test_only_people_who_signed_in_get_a_device_cookie(patitas, clara):
    stranger = Client(headers={"host": "patitas.localhost"})
    page(stranger, "/how-reviews-work/")
    known = browser("clara")
    page(known, "/how-reviews-work/")

    assert "dv" not in stranger.cookies
    cookie = known.cookies["dv"]
    assert (len(cookie.value), cookie["httponly"], cookie["samesite"]) == (32, True, "Lax")
    assert cookie["max-age"] == 180 * 86_400
