"""The visits of a series are made eight weeks ahead, and take their time in the calendar."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import Conflict, Invalid, NotFound
from kernel.timers import set_timer
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.effects_news import SERIES
from marketplace.bookings.actions.moves import move
from marketplace.bookings.actions.quote import make_quote, wish_of
from marketplace.bookings.models import Booking, Series, SeriesVisit
from marketplace.bookings.notices import series as notices
from marketplace.bookings.queries.series import free_near
from marketplace.bookings.rules.packages import NothingLeft, PackageNotOpen, PackageStopped
from marketplace.bookings.rules.process import State
from marketplace.bookings.rules.series import AHEAD, NotOffered, SeriesOver, starts_at
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice
from tenants.support.actions.open_case import open_case

EXTEND = "bookings.series_extend"
NOT_PAID = (NothingLeft, PackageNotOpen, PackageStopped)


def locked_series(series_id: UUID) -> Series:
    """Lock a series: its days are made by one at a time."""
    rows = Series.objects.select_for_update(of=("self",), no_key=True)
    found = (
        rows.select_related(
            "worker__member",
            "worker_service__service",
            "worker_service__worker",
            "began_with__quote",
        )
        .filter(pk=series_id)
        .first()
    )
    if found is None:
        raise NotFound(what="series")
    return found


def running_series(series_id: UUID) -> Series:
    """Lock a series that has not ended, or refuse."""
    found = locked_series(series_id)
    if found.state not in (Series.ACTIVE, Series.OFFERED):
        raise SeriesOver
    return found


@transaction.atomic
def extend_series(*, series_id: UUID) -> Series:
    """Make every visit of the next eight weeks that is not made yet, and come back in time."""
    series = locked_series(series_id)
    if series.state != Series.ACTIVE:
        return series
    at, zone = clock.now(), series.clock_of
    upto = (at + AHEAD).astimezone(zone).date()
    made = set(series.days.values_list("on", flat=True))
    for day in series.plan.days(upto=upto):
        moment = starts_at(day, series.at, zone)
        if day not in made and moment > at:
            make_day(series, on=day, at=moment)
    _come_back(series, after=upto)
    return series


def _come_back(series: Series, *, after: date) -> None:
    """Be called again when the next visit comes within eight weeks."""
    far = (clock.now() + 3 * AHEAD).astimezone(series.clock_of).date()
    ahead = [day for day in series.plan.days(upto=far) if day > after]
    if ahead:
        due = starts_at(ahead[0], series.at, series.clock_of) - AHEAD
        set_timer(EXTEND, subject_id=series.pk, at=due, entry=ahead[0].isoformat())


def make_day(series: Series, *, on: date, at: datetime) -> SeriesVisit:
    """Book the visit of a day; where that is not possible, write down why and tell people."""
    try:
        with transaction.atomic():
            booking = _booked(series, at)
    except NOT_PAID:
        tell_customer(series, notices.UNPAID, f"unpaid:{on}", day_at=at.isoformat())
        return _note(series, on, at, SeriesVisit.UNPAID)
    except (Conflict, Invalid):
        return _clash(series, on, at)
    return _note(series, on, at, SeriesVisit.BOOKED, booking=booking)


def _booked(series: Series, at: datetime) -> Booking:
    """Book as the customer; the worker has accepted all of it already."""
    customer = Actor(role=Role.CUSTOMER, member_id=series.customer_id)
    wish = replace(
        wish_of(series.began_with.quote),
        worker_service_id=series.worker_service_id,
        starts_at=at,
        tip_minor=0,
        package_id=series.package_id,
        source=SERIES,
        ahead=True,
    )
    booking = book(by=customer, quote_id=make_quote(by=customer, wish=wish).pk)
    if booking.at == State.REQUESTED:
        worker = Actor(role=Role.WORKER, member_id=series.worker.member_id)
        return move(by=worker, booking_id=booking.pk, step="accept")
    return booking


def _clash(series: Series, on: date, at: datetime) -> SeriesVisit:
    """Somebody of the office looks, and the customer may choose among three times nearby."""
    times = free_near(series, wanted=at)
    made = _note(series, on, at, SeriesVisit.CLASH, times=times)
    open_case(
        by=SYSTEM,
        kind="series_clash",
        priority="P3",
        about_kind="series",
        about_id=series.pk,
        title=f"{series.service_name} · {on}",
        person_id=series.customer_id,
        key=f"series:{series.pk}:{on}",
    )
    tell_customer(series, notices.CLASH, f"clash:{on}", day_at=at.isoformat())
    return made


def _note(
    series: Series,
    on: date,
    at: datetime,
    state: str,
    *,
    booking: Booking | None = None,
    times: list[datetime] | None = None,
) -> SeriesVisit:
    told = {
        "starts_at": at,
        "state": state,
        "booking": booking,
        "alternatives": [each.isoformat() for each in times or ()],
    }
    return SeriesVisit.objects.update_or_create(series=series, on=on, defaults=told)[0]


@transaction.atomic
def choose_time(*, by: Actor, series_id: UUID, on: date, at: datetime | None) -> SeriesVisit:
    """Book one of the times nearby for a day that clashed; without one, try the day again."""
    series = running_series(series_id)
    day = series.days.filter(on=on, state__in=(SeriesVisit.CLASH, SeriesVisit.UNPAID)).first()
    if day is None or by.member_id != series.customer_id:
        raise NotFound(what="day")
    if at is not None and at not in day.times:
        raise NotFound(what="time")
    moment = at or day.starts_at
    if moment <= clock.now():
        raise NotOffered
    return make_day(series, on=on, at=moment)


def tell_customer(series: Series, notice: Notice, when: str, **more: str) -> None:
    """Tell the customer something about a series, once per `when`."""
    _tell(series, series.customer_id, notice, when, more)


def tell_worker(series: Series, notice: Notice, when: str, **more: str) -> None:
    """Tell the worker something about a series, once per `when`."""
    _tell(series, series.worker.member_id, notice, when, more)


def _tell(series: Series, to_id: UUID, notice: Notice, when: str, more: dict[str, str]) -> None:
    first = starts_at(series.first_on, series.at, series.clock_of)
    values = {
        "series": str(series.pk),
        "service": series.service_name,
        "worker": series.worker.name,
        "first_at": first.isoformat(),
    }
    notify(to_id=to_id, notice=notice, about=f"series:{series.pk}:{when}", **values | more)
