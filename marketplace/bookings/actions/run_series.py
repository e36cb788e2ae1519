"""A visit repeats: begun, answered, skipped, paused, changed from a day on, ended."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed, NotFound
from kernel.ids import uuid7
from kernel.timers import cancel_timers
from marketplace.bookings.actions.effects_money import charged_now
from marketplace.bookings.actions.extend_series import (
    EXTEND,
    extend_series,
    locked_series,
    running_series,
    tell_customer,
    tell_worker,
)
from marketplace.bookings.actions.moves import move
from marketplace.bookings.models import Booking, Series, SeriesVisit
from marketplace.bookings.notices import series as notices
from marketplace.bookings.queries.bookings import booking_of
from marketplace.bookings.queries.series import is_repeatable, one_series, ways_to_pay
from marketplace.bookings.rules.process import State
from marketplace.bookings.rules.series import (
    NothingToPayWith,
    NotOffered,
    NotRepeatable,
    SeriesInvalid,
    TooLateToChange,
    check_end,
    check_pause,
    rhythm_from,
    starts_at,
)


@transaction.atomic
def start_series(
    *,
    by: Actor,
    booking_id: UUID,
    every_weeks: int,
    until: date | None = None,
    visits: int | None = None,
    package_id: UUID | None = None,
) -> Series:
    """Repeat a visit, which becomes the first one; where workers are asked, this one is, once."""
    booking = booking_of(by=by, booking_id=booking_id)
    if by.role != Role.CUSTOMER:
        raise NotAllowed
    if not is_repeatable(booking):
        raise NotRepeatable
    payable = {each.package.pk for each in ways_to_pay(by, booking)}
    if package_id is None or package_id not in payable:
        raise NothingToPayWith(fields=["package"])
    rhythm = rhythm_from(booking.starts_at, every_weeks=every_weeks, zone=ZoneInfo(booking.zone))
    check_end(first=rhythm.first, until=until, visits=visits)
    series = Series.objects.create(
        id=uuid7(),
        customer_id=booking.customer_id,
        worker=booking.worker,
        worker_service=booking.worker_service,
        began_with=booking,
        service_name=booking.service_name,
        state=Series.ACTIVE if booking.mode == "instant" else Series.OFFERED,
        every_weeks=every_weeks,
        first_on=rhythm.first,
        at=rhythm.at,
        zone=booking.zone,
        until_on=until,
        visits=visits,
        package_id=package_id,
        currency=booking.currency,
        work_minor=booking.work_minor,
    )
    _first(series, booking)
    _begin(series)
    return series


def _first(series: Series, booking: Booking) -> None:
    try:
        with transaction.atomic():
            SeriesVisit.objects.create(
                series=series,
                on=series.first_on,
                starts_at=booking.starts_at,
                state=SeriesVisit.BOOKED,
                booking=booking,
            )
    except IntegrityError:
        raise NotRepeatable from None


def _begin(series: Series) -> None:
    """Make the first visits, or ask the worker once for all."""
    if series.state == Series.OFFERED:
        tell_worker(series, notices.OFFERED, "offered")
        return
    tell_customer(series, notices.STARTED, "started")
    told = notices.CHANGED_WORKER if series.replaces_id else notices.STARTED_WORKER
    tell_worker(series, told, "started_worker")
    extend_series(series_id=series.pk)


@transaction.atomic
def answer_series(*, by: Actor, series_id: UUID, agree: bool) -> Series:
    """The worker accepts a series once for all, or declines it without any consequence."""
    series = locked_series(one_series(by, series_id).pk)
    if by.role != Role.WORKER:
        raise NotAllowed
    if series.state != Series.OFFERED:
        raise NotOffered
    series.state = Series.ACTIVE if agree else Series.DECLINED
    series.answered_at = clock.now()
    series.save(update_fields=["state", "answered_at"])
    if agree:
        tell_customer(series, notices.STARTED, "started")
        extend_series(series_id=series.pk)
    else:
        tell_customer(series, notices.DECLINED, "declined")
    return series


@transaction.atomic
def skip_day(*, by: Actor, series_id: UUID, on: date) -> SeriesVisit:
    """Leave one visit out: what is booked is cancelled as any other visit is."""
    series = _of_customer(by, series_id)
    day = series.days.select_related("booking").filter(on=on).first()
    if day is None:
        return _leave_out(series, on)
    _drop(by, day)
    return day


def _leave_out(series: Series, on: date) -> SeriesVisit:
    if on not in series.plan.days(upto=on):
        raise NotFound(what="day")
    at = starts_at(on, series.at, series.clock_of)
    return SeriesVisit.objects.create(series=series, on=on, starts_at=at, state=SeriesVisit.SKIPPED)


@transaction.atomic
def pause_series(*, by: Actor, series_id: UUID, until: date, starts: date | None = None) -> Series:
    """Let a series rest for at most twelve weeks; booked visits in it are cancelled."""
    series = _of_customer(by, series_id)
    today = clock.now().astimezone(series.clock_of).date()
    begins = starts or today
    check_pause(starts=begins, ends=until, today=today)
    for day in _ahead(series, begins, until - timedelta(days=1)):
        _drop(by, day)
    series.pause_from, series.pause_until = begins, until
    series.save(update_fields=["pause_from", "pause_until"])
    back = starts_at(until, series.at, series.clock_of)
    tell_worker(series, notices.PAUSED_WORKER, f"pause:{until}", back_at=back.isoformat())
    extend_series(series_id=series.pk)
    return series


@transaction.atomic
def end_series(*, by: Actor, series_id: UUID) -> Series:
    """End a series. If the customer does, booked visits are cancelled under their own rules."""
    series = running_series(one_series(by, series_id).pk)
    if by.role == Role.CUSTOMER:
        for day in _ahead(series, date.min, date.max):
            if day.booking_id != series.began_with_id:  # That one was booked by itself.
                _drop(by, day)
    _stop(series)
    tell_customer(series, notices.ENDED_CUSTOMER, "ended")
    tell_worker(series, notices.ENDED_WORKER, "ended_worker")
    return series


@transaction.atomic
def change_following(
    *, by: Actor, series_id: UUID, on: date, first_at: datetime, every_weeks: int
) -> Series:
    """Move a visit and all that follow it: this series ends before, another one begins.

    Nothing of it is charged, so the first of them must still be free to cancel.
    """
    series, at = _of_customer(by, series_id), clock.now()
    ahead = _ahead(series, on, date.max)
    booked = [day.booking for day in ahead if day.booking and _open(day.booking)]
    if first_at <= at or any(charged_now(each, at=at) for each in booked):
        raise TooLateToChange(fields=["first_at"])
    done = sum(day < on for day in series.plan.days(upto=on))
    left = None if series.visits is None else series.visits - done
    if left is not None and left < 1:
        raise SeriesInvalid(fields=["on"])
    for day in ahead:
        _drop(by, day)
    until = series.until_on
    series.until_on, series.visits = max(series.first_on, on - timedelta(days=1)), None
    _stop(series, "until_on", "visits")
    following = _following(series, first_at, every_weeks=every_weeks, until=until, visits=left)
    _begin(following)
    return following


def _following(
    series: Series,
    first_at: datetime,
    *,
    every_weeks: int,
    until: date | None,
    visits: int | None,
) -> Series:
    rhythm = rhythm_from(first_at, every_weeks=every_weeks, zone=series.clock_of)
    asked = series.worker_service.service.booking_mode == "request"
    kept = ("customer_id", "worker_id", "worker_service_id", "began_with_id", "package_id")
    same = ("service_name", "zone", "currency", "work_minor")
    return Series.objects.create(
        id=uuid7(),
        replaces=series,
        state=Series.OFFERED if asked else Series.ACTIVE,
        every_weeks=every_weeks,
        first_on=rhythm.first,
        at=rhythm.at,
        until_on=until,
        visits=visits,
        **{name: getattr(series, name) for name in (*kept, *same)},
    )


def _stop(series: Series, *changed: str) -> None:
    series.state, series.ended_at = Series.ENDED, clock.now()
    series.save(update_fields=["state", "ended_at", *changed])
    cancel_timers(series.pk, EXTEND)


def _of_customer(by: Actor, series_id: UUID) -> Series:
    if by.role != Role.CUSTOMER:
        raise NotAllowed
    return running_series(one_series(by, series_id).pk)


def _ahead(series: Series, first: date, last: date) -> list[SeriesVisit]:
    """Return the days still to come that have a visit, or could have had one."""
    rows = series.days.select_related("booking").filter(on__range=(first, last))
    return list(rows.filter(starts_at__gt=clock.now()).order_by("on"))


def _open(booking: Booking) -> bool:
    return booking.at == State.CONFIRMED


def _drop(by: Actor, day: SeriesVisit) -> None:
    """Leave a day out; its visit is cancelled, for what its own rules say."""
    if day.booking and _open(day.booking):
        move(by=by, booking_id=day.booking.pk, step="cancel")
    day.state = SeriesVisit.SKIPPED
    day.save(update_fields=["state"])
