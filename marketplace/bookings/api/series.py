"""Visits that repeat, for programs."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kernel.actor import Actor, Role
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.extend_series import choose_time
from marketplace.bookings.actions.run_series import (
    answer_series,
    change_following,
    end_series,
    pause_series,
    skip_day,
    start_series,
)
from marketplace.bookings.models import Series
from marketplace.bookings.queries.series import Day, days_of, one_series, series_of
from tenants.tenancy.access import actor_of

router = Router(tags=["series"])


class SeriesIn(Schema):
    """How often a visit repeats (0: once a month), until when, paid with which package."""

    model_config = ConfigDict(extra="forbid")

    every_weeks: int = Field(ge=0, le=4)
    until: date | None = None
    visits: int | None = Field(default=None, ge=2, le=200)
    package_id: UUID


class DayIn(Schema):
    """A day of a series, and for one that clashed another time."""

    model_config = ConfigDict(extra="forbid")

    on: date
    at: datetime | None = None


class PauseIn(Schema):
    """Until when it rests; from today, unless told otherwise."""

    model_config = ConfigDict(extra="forbid")

    until: date
    starts: date | None = None


class FollowingIn(Schema):
    """From which visit on, when the first of them is then, and how often (0: once a month)."""

    model_config = ConfigDict(extra="forbid")

    on: date
    first_at: datetime
    every_weeks: int = Field(ge=0, le=4)


class AnswerIn(Schema):
    """The worker's answer, once for all."""

    model_config = ConfigDict(extra="forbid")

    agree: bool


class DayOut(Schema):
    """A day: the state of its visit, or why there is none; free times nearby, if it clashed."""

    on: date
    starts_at: datetime
    state: str
    booking_id: UUID | None
    alternatives: list[datetime]


class SeriesOut(Schema):
    """A series: local time `at` in `zone`, and its days as far ahead as visits are made."""

    id: UUID
    state: str
    service: str
    every_weeks: int
    first_on: date
    at: str
    zone: str
    until: date | None
    visits: int | None
    pause_until: date | None
    package_id: UUID | None
    days: list[DayOut]


class SeriesPage(Schema):
    """The caller's series, newest first."""

    items: list[SeriesOut]


@router.post("/bookings/{booking_id}/series", response={201: SeriesOut}, operation_id="repeat")
def create_series(request: HttpRequest, booking_id: UUID, body: SeriesIn) -> Status[SeriesOut]:
    """Repeat a visit. On a service that is asked for, the worker accepts it once for all."""
    made = start_series(by=customer_of(request), booking_id=booking_id, **body.dict())
    return Status(201, _out(made))


@router.get("/series", response=SeriesPage, operation_id="list_series")
def list_series(
    request: HttpRequest, role: Literal["customer", "worker"] = "customer"
) -> SeriesPage:
    """List the series in which the caller has a part."""
    return SeriesPage(items=[_out(each) for each in series_of(_acting(request, role))])


@router.get("/series/{series_id}", response=SeriesOut, operation_id="get_series")
def get_series(request: HttpRequest, series_id: UUID) -> SeriesOut:
    """Return one of the caller's series."""
    return _out(one_series(customer_of(request), series_id))


@router.post("/series/{series_id}/skip", response=SeriesOut, operation_id="skip_visit")
def create_skip(request: HttpRequest, series_id: UUID, body: DayIn) -> SeriesOut:
    """Leave a visit out; a booked one is cancelled under its own rules."""
    by = customer_of(request)
    skip_day(by=by, series_id=series_id, on=body.on)
    return _out(one_series(by, series_id))


@router.post("/series/{series_id}/time", response=SeriesOut, operation_id="choose_visit_time")
def create_time(request: HttpRequest, series_id: UUID, body: DayIn) -> SeriesOut:
    """Book another time for a day that clashed, or try it again."""
    by = customer_of(request)
    choose_time(by=by, series_id=series_id, on=body.on, at=body.at)
    return _out(one_series(by, series_id))


@router.post("/series/{series_id}/pause", response=SeriesOut, operation_id="pause_series")
def create_pause(request: HttpRequest, series_id: UUID, body: PauseIn) -> SeriesOut:
    """Let a series rest for at most twelve weeks."""
    by = customer_of(request)
    return _out(pause_series(by=by, series_id=series_id, until=body.until, starts=body.starts))


@router.post("/series/{series_id}/following", response=SeriesOut, operation_id="change_following")
def create_following(request: HttpRequest, series_id: UUID, body: FollowingIn) -> SeriesOut:
    """Move a visit and all that follow; the answer is the series that goes on."""
    return _out(change_following(by=customer_of(request), series_id=series_id, **body.dict()))


@router.post("/series/{series_id}/end", response=SeriesOut, operation_id="end_series")
def create_end(
    request: HttpRequest, series_id: UUID, role: Literal["customer", "worker"] = "customer"
) -> SeriesOut:
    """End a series."""
    return _out(end_series(by=_acting(request, role), series_id=series_id))


@router.post("/series/{series_id}/answer", response=SeriesOut, operation_id="answer_series")
def create_answer(request: HttpRequest, series_id: UUID, body: AnswerIn) -> SeriesOut:
    """Accept a series once for all, or decline it without any consequence."""
    by = actor_of(request, role=Role.WORKER)
    return _out(answer_series(by=by, series_id=series_id, agree=body.agree))


def _acting(request: HttpRequest, role: str) -> Actor:
    return actor_of(request, role=Role.WORKER) if role == "worker" else customer_of(request)


def _out(series: Series) -> SeriesOut:
    return SeriesOut(
        id=series.pk,
        state=series.state,
        service=series.service_name,
        every_weeks=series.every_weeks,
        first_on=series.first_on,
        at=f"{series.at:%H:%M}",
        zone=series.zone,
        until=series.until_on,
        visits=series.visits,
        pause_until=series.pause_until,
        package_id=series.package_id,
        days=[_day(each) for each in days_of(series)],
    )


def _day(day: Day) -> DayOut:
    return DayOut(
        on=day.on,
        starts_at=day.starts_at,
        state=day.state,
        booking_id=day.visit.booking_id if day.visit else None,
        alternatives=day.visit.times if day.visit else [],
    )
