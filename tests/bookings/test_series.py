"""Visits that repeat: made ahead in the calendar, skipped, paused, moved, ended."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from kernel.errors import NotFound
from kernel.timers import run_due_of
from marketplace.bookings.actions.extend_series import choose_time
from marketplace.bookings.actions.run_series import (
    answer_series,
    change_following,
    end_series,
    pause_series,
    skip_day,
    start_series,
)
from marketplace.bookings.models import Booking, Package, PackageOffer, Series, SeriesVisit
from marketplace.bookings.queries.packages import free_credits
from marketplace.bookings.rules.series import (
    NothingToPayWith,
    NotOffered,
    NotRepeatable,
    PauseTooLong,
    TooLateToChange,
)
from marketplace.catalog.models import Worker
from marketplace.matching.models import Occupancy
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tests.support.equations import our_own_books
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import MONDAY_NINE, WEDNESDAY_TEN, by_request, fresh
from tests.support.worlds_money import member_id
from tests.support.worlds_packages import books_with, bought, sold

WEEK = timedelta(weeks=1)


@pytest.fixture
def twelve(offer, olga, clara):
    """Clara bought twelve walks with Ana for 5 400.00."""
    return bought(clara, sold(olga, offer, visits=12, price_minor=540_000))


@pytest.fixture
def weekly(twelve, offer, clara):
    """Clara's walk on Wednesdays at ten repeats every week."""
    return repeats(clara, books_with(clara, twelve.pk, offer), twelve)


def repeats(clara, booking, package, **asked):
    found = start_series(
        by=clara, booking_id=booking.pk, package_id=package.pk, **{"every_weeks": 1} | asked
    )
    outbox.drain()
    return found


def states(series):
    return {each.on: each.state for each in series.days.order_by("on")}


def visits(series):
    rows = series.days.filter(state="booked").select_related("booking").order_by("on")
    return [each.booking for each in rows]


def told(to):
    rows = Notification.objects.filter(to_id=member_id(to)).order_by("at", "pk")
    return [row.notice.removeprefix("bookings.") for row in rows]


def test_visits_are_made_eight_weeks_ahead_and_take_their_time(weekly, twelve, clara, ana):
    made = visits(weekly)

    assert [each.starts_at for each in made] == [WEDNESDAY_TEN + n * WEEK for n in range(8)]
    assert {(each.state, each.money) for each in made} == {("confirmed", "captured")}
    assert Occupancy.objects.filter(active=True, kind="booking").count() == 8
    assert len(free_credits(twelve)) == 4
    assert told(clara)[-1] == "series_started"
    assert told(ana)[-1] == "series_started_worker"
    assert told(ana).count("confirmed_worker") == 1
    our_own_books()


def test_the_next_one_is_made_when_it_comes_within_eight_weeks(weekly):
    due = WEDNESDAY_TEN + 8 * WEEK

    with clock.travelling_to(due - 8 * WEEK - timedelta(minutes=1)):
        run_due_of(weekly.pk)
        assert len(visits(weekly)) == 8
    with clock.travelling_to(due - 8 * WEEK):
        run_due_of(weekly.pk)
        assert visits(weekly)[-1].starts_at == due


def test_a_weekly_series_at_nine_in_santiago_stays_at_nine_after_5_april_2026(twelve, offer, clara):
    Worker.objects.filter(pk=offer.worker_id).update(zone="America/Santiago")
    first = datetime(2026, 3, 4, 12, tzinfo=UTC)  # Nine in Santiago, while it is summer.
    with clock.travelling_to(MONDAY_NINE):
        series = repeats(clara, books_with(clara, twelve.pk, offer, starts_at=first), twelve)

    made = visits(series)
    zone = ZoneInfo("America/Santiago")
    assert {each.starts_at.astimezone(zone).time() for each in made} == {time(9)}
    assert [each.starts_at.hour for each in made] == [12] * 5 + [13] * 3
    assert made[5].starts_at.date() == date(2026, 4, 8)


def test_on_a_service_that_is_asked_for_the_worker_accepts_once(twelve, offer, clara, ana):
    booking = books_with(clara, twelve.pk, offer)
    by_request(offer)
    Booking.objects.filter(pk=booking.pk).update(mode="request")
    series = repeats(clara, booking, twelve)
    assert (series.state, len(visits(series)), told(ana)[-1]) == ("offered", 1, "series_offered")

    accepted = answer_series(by=ana, series_id=series.pk, agree=True)

    assert accepted.state == "active"
    assert {each.state for each in visits(series)} == {"confirmed"}
    assert len(visits(series)) == 8
    with pytest.raises(NotOffered):
        answer_series(by=ana, series_id=series.pk, agree=False)


def test_a_clash_is_a_task_with_three_times_nearby(twelve, offer, clara, dora_is_there):
    third = WEDNESDAY_TEN + 2 * WEEK
    books_with(dora_is_there, bought_by(dora_is_there, offer).pk, offer, starts_at=third)
    series = repeats(clara, books_with(clara, twelve.pk, offer), twelve)

    day = series.days.get(state="clash")
    assert (day.starts_at, len(day.times)) == (third, 3)
    assert all(abs(each - third) <= timedelta(hours=4) for each in day.times)
    case = Case.objects.get(kind="series_clash")
    assert case.about_id == series.pk
    assert "series_clash" in told(clara)
    with pytest.raises(NotFound):
        choose_time(by=clara, series_id=series.pk, on=day.on, at=third)

    chosen = choose_time(by=clara, series_id=series.pk, on=day.on, at=day.times[0])

    assert (chosen.state, chosen.booking.starts_at) == ("booked", day.times[0])


@pytest.fixture
def dora_is_there(patitas, on_monday):
    """Dora is a customer, too."""
    return joins("dora", Role.CUSTOMER)


def bought_by(customer, offer):
    return bought(customer, PackageOffer.objects.get(worker_service=offer))


def test_when_the_package_is_used_up_the_next_visits_wait_for_money(offer, olga, clara):
    package = bought(clara, sold(olga, offer, visits=3, price_minor=135_000))
    series = repeats(clara, books_with(clara, package.pk, offer), package, visits=5)

    assert list(states(series).values()) == ["booked"] * 3 + ["unpaid"] * 2
    assert told(clara).count("series_unpaid") == 2


def test_a_skipped_visit_is_cancelled_as_any_other(weekly, twelve, clara):
    second = date(2026, 3, 11)

    skip_day(by=clara, series_id=weekly.pk, on=second)
    skip_day(by=clara, series_id=weekly.pk, on=date(2026, 5, 6))  # Not made yet.

    assert states(weekly)[second] == "skipped"
    assert weekly.days.get(on=second).booking.state == "cancelled"
    assert states(weekly)[date(2026, 5, 6)] == "skipped"
    assert len(free_credits(twelve)) == 5
    with pytest.raises(NotFound):
        skip_day(by=clara, series_id=weekly.pk, on=date(2026, 5, 7))


def test_a_pause_frees_its_visits_and_ends_by_itself(weekly, clara):
    pause_series(by=clara, series_id=weekly.pk, starts=date(2026, 3, 9), until=date(2026, 3, 25))

    assert [each.starts_at for each in visits(weekly)][:2] == [
        WEDNESDAY_TEN,
        WEDNESDAY_TEN + 3 * WEEK,
    ]
    with pytest.raises(PauseTooLong):
        pause_series(by=clara, series_id=weekly.pk, until=date(2026, 5, 26))


def test_what_follows_moves_and_what_was_before_stays(weekly, twelve, clara):
    thursday = datetime(2026, 3, 19, 17, tzinfo=UTC)  # Eleven in Mexico City.

    following = change_following(
        by=clara, series_id=weekly.pk, on=date(2026, 3, 18), first_at=thursday, every_weeks=2
    )

    assert [each.starts_at for each in visits(weekly)] == [WEDNESDAY_TEN, WEDNESDAY_TEN + WEEK]
    assert [each.starts_at for each in visits(following)] == [
        thursday + n * 2 * WEEK for n in range(3)
    ]
    weekly.refresh_from_db()
    assert (weekly.state, weekly.until_on, following.replaces_id) == (
        "ended", date(2026, 3, 17), weekly.pk,
    )  # fmt: skip
    our_own_books()


def test_what_is_too_near_to_cancel_for_free_cannot_be_moved(weekly, clara):
    with clock.travelling_to(WEDNESDAY_TEN - timedelta(hours=5)), pytest.raises(TooLateToChange):
        change_following(
            by=clara,
            series_id=weekly.pk,
            on=date(2026, 3, 4),
            first_at=WEDNESDAY_TEN + timedelta(days=1),
            every_weeks=1,
        )
    assert Series.objects.count() == 1
    assert len(visits(weekly)) == 8


def test_ending_costs_nothing_but_what_the_rules_keep_of_the_nearest(weekly, twelve, clara):
    near = WEDNESDAY_TEN + WEEK
    with clock.travelling_to(near - timedelta(hours=3)):
        end_series(by=clara, series_id=weekly.pk)

    kept = [each.booking.kept_bp for each in weekly.days.order_by("on").select_related("booking")]
    assert kept == [None, 5_000, *[0] * 6]
    assert Series.objects.get().state == "ended"
    assert len(free_credits(twelve)) == 12 - 2  # The first visit, and the one used up.
    our_own_books()


def test_only_what_is_agreed_and_paid_ahead_repeats_and_only_once(weekly, twelve, clara, offer):
    first = weekly.began_with
    with pytest.raises(NotRepeatable):
        repeats(clara, first, twelve)
    other = books_with(clara, twelve.pk, offer, starts_at=WEDNESDAY_TEN + timedelta(days=1))
    with pytest.raises(NothingToPayWith):
        start_series(by=clara, booking_id=other.pk, every_weeks=1)
    assert Series.objects.count() == 1


def test_a_customer_repeats_a_visit_on_pages_and_looks_after_it(twelve, offer, clara, ana):
    booking = books_with(clara, twelve.pk, offer)
    browser = signed_in_client("clara")
    assert "Repetir esta visita" in browser.get(f"/bookings/{booking.code}/").content.decode()
    path = f"/bookings/{booking.code}/repeat/"
    assert browser.get(path).status_code == 200
    asked = {"every": "1", "visits": "6", "package": str(twelve.pk)}
    assert browser.post(path, asked | {"every": "9"}).status_code == 422
    answer = browser.post(path, asked)
    series = Series.objects.get()
    assert answer["Location"] == f"/series/{series.pk}/"

    page = browser.get(f"/series/{series.pk}/").content.decode()
    assert page.count("Mover esta y todas las que siguen") == 6
    browser.post(f"/series/{series.pk}/skip/", {"on": "2026-03-11"})
    assert states(series)[date(2026, 3, 11)] == "skipped"
    assert browser.post(f"/series/{series.pk}/pause/", {"until": "2027-01-01"}).status_code == 422
    moved = {"on": "2026-03-25", "first_on": "2026-03-26", "first_time": "11:00", "every": "1"}
    answer = browser.post(f"/series/{series.pk}/following/", moved)
    following = Series.objects.get(replaces=series)
    assert answer["Location"] == f"/series/{following.pk}/"
    browser.post(f"/series/{following.pk}/end/")
    assert Series.objects.get(pk=following.pk).state == "ended"
    assert "Cada semana" in browser.get("/series/").content.decode()
    assert signed_in_client("ana").get("/work/series/").status_code == 200
    assert signed_in_client("olga", strong=True).get("/office/series/").status_code == 200


def test_programs_repeat_a_visit_and_a_worker_answers(twelve, offer, clara, ana):
    booking = books_with(clara, twelve.pk, offer)
    by_request(offer)
    Booking.objects.filter(pk=booking.pk).update(mode="request")
    clara_s, ana_s = signed_in_client("clara"), signed_in_client("ana")

    made = clara_s.post(
        f"/api/v1/bookings/{booking.pk}/series",
        {"every_weeks": 0, "package_id": str(twelve.pk)},
        content_type="application/json",
    )
    assert (made.status_code, made.json()["state"]) == (201, "offered")
    where = f"/api/v1/series/{made.json()['id']}"
    listed = ana_s.get("/api/v1/series?role=worker").json()["items"]
    assert [each["every_weeks"] for each in listed] == [0]
    answered = ana_s.post(f"{where}/answer", {"agree": True}, content_type="application/json")
    days = answered.json()["days"]
    assert [each["on"] for each in days] == ["2026-03-04", "2026-04-01"]
    over = clara_s.post(f"{where}/end").json()
    assert over["state"] == "ended"
    assert fresh(booking).state == "confirmed"
    assert Package.objects.get().state == "open"
    assert SeriesVisit.objects.filter(state="skipped").count() == 1
