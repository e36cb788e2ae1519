"""Questions about visits that repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.models import Booking, Series, SeriesVisit
from marketplace.bookings.queries.packages import Held, usable_for
from marketplace.bookings.rules.process import State
from marketplace.bookings.rules.series import AHEAD, nearest, starts_at
from marketplace.matching.queries import free_slots
from marketplace.matching.rules.slots import WindowTooLong

REPEATED = (State.CONFIRMED, State.IN_PROGRESS, State.DELIVERED, State.COMPLETED)
AROUND = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of a series as people see it: made already, or only foreseen."""

    on: date
    starts_at: datetime
    visit: SeriesVisit | None

    @property
    def state(self) -> str:
        """Where its visit is; what is only foreseen is planned."""
        if self.visit is None:
            return "planned"
        if self.visit.state == SeriesVisit.BOOKED and self.visit.booking:
            return self.visit.booking.state
        return self.visit.state


def is_repeatable(booking: Booking) -> bool:
    """Tell whether a visit can become the first of a series."""
    taken = SeriesVisit.objects.filter(booking=booking).exists()
    agreed = booking.at in REPEATED and booking.mode in ("instant", "request")
    return agreed and not booking.in_cash and not taken


def series_of_visit(booking: Booking) -> UUID | None:
    """Return the series that a visit belongs to."""
    days = SeriesVisit.objects.filter(booking=booking)
    return days.values_list("series_id", flat=True).first()


def ways_to_pay(by: Actor, booking: Booking) -> list[Held]:
    """Return the packages that could pay the next visits of a booking."""
    quote = booking.quote
    if quote.add_ons or quote.units:
        return []
    found = usable_for(by, booking.worker_service)
    return [each for each in found if each.package.variant_id == quote.variant_id]


def series_of(by: Actor) -> QuerySet[Series]:
    """Return the series that somebody has a part in, newest first; all of them to the office."""
    return _mine(by).order_by("-pk")


def one_series(by: Actor, series_id: UUID) -> Series:
    """Return a series to whoever has a part in it; for all others there is none."""
    if (found := _mine(by).filter(pk=series_id).first()) is None:
        raise NotFound(what="series")
    return found


def _mine(by: Actor) -> QuerySet[Series]:
    rows = Series.objects.select_related(
        "customer__user", "worker__member__user", "worker_service__service", "package"
    )
    if by.works_in_office:
        return rows
    if by.role == Role.CUSTOMER and by.member_id:
        return rows.filter(customer_id=by.member_id)
    if by.role == Role.WORKER and by.member_id:
        return rows.filter(worker__member_id=by.member_id)
    raise NotFound(what="series")


def days_of(series: Series) -> list[Day]:
    """Return the days of a series from today on, as far ahead as visits are made."""
    at = clock.now()
    made = {each.on: each for each in _days(series)}
    upto = (at + AHEAD).astimezone(series.clock_of).date()
    foreseen = series.plan.days(upto=upto) if series.state in (
        Series.ACTIVE, Series.OFFERED
    ) else []  # fmt: skip
    all_days = sorted({*made, *foreseen})
    rows = [
        Day(
            on=day,
            starts_at=made[day].starts_at
            if day in made
            else starts_at(day, series.at, series.clock_of),
            visit=made.get(day),
        )
        for day in all_days
    ]
    return [each for each in rows if each.starts_at > at]


def _days(series: Series) -> Sequence[SeriesVisit]:
    return list(SeriesVisit.objects.filter(series=series).select_related("booking").order_by("on"))


def free_near(series: Series, *, wanted: datetime) -> list[datetime]:
    """Return the worker's three free times nearest to one that is taken."""
    booking = series.began_with
    minutes = int((booking.ends_at - booking.starts_at).total_seconds() // 60)
    try:
        slots = free_slots(
            worker_service=series.worker_service,
            minutes=minutes,
            from_=wanted - AROUND,
            to=wanted + AROUND,
        )
    except WindowTooLong:
        return []
    return nearest([each.starts_at for each in slots], wanted=wanted)
