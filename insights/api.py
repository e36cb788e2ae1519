"""How a marketplace does, for programs."""

from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from insights.queries import Match, home, promise
from payments.queries import PromiseFigures
from tenants.tenancy.access import office_actor_of

router = Router(tags=["insights"])


class PromiseOut(Schema):
    """What happened to customers' money. Shares in basis points; null where nothing happened."""

    since: datetime
    jobs: int
    worker_share_bp: int | None
    tips_minor: int
    tips_passed_bp: int | None
    minutes_to_available: int | None
    minutes_to_paid: int | None
    cash_outs: int
    free_cash_outs_bp: int | None


class CountOut(Schema):
    """How many bookings from a day on."""

    day: date
    bookings: int


class MatchOut(Schema):
    """Match rates of 28 days, from 0 to 1; null where there is nothing to divide by."""

    requests: int
    matched: int
    gross: float | None
    net: float | None
    filled: float | None
    minutes: float | None


class ScoreOut(Schema):
    """A score: its value and 95 % interval, or in `note` why there is none."""

    value: float | None
    low: float | None
    high: float | None
    n: int | str | None
    note: str


class PayoutsOut(Schema):
    """What is on its way to workers' banks."""

    count: int
    amount_minor: int
    currency: str


class HomeOut(Schema):
    """What an owner sees first."""

    at: datetime
    days: list[CountOut]
    weeks: list[CountOut]
    match: MatchOut
    nps: ScoreOut
    csat: ScoreOut
    enps: ScoreOut
    asked: int
    answered: int
    response_rate: float | None
    open_cases: int
    overdue_cases: int
    payouts: PayoutsOut
    promise: PromiseOut


@router.get("/promise", response=PromiseOut, auth=None, operation_id="get_promise")
def get_promise(request: HttpRequest) -> PromiseOut:
    """Show to anybody what happened to customers' money in the last 90 days."""
    found = promise()
    return _promise(found.figures, found.since)


@router.get("/insights/home", response=HomeOut, operation_id="get_insights_home")
def get_insights_home(request: HttpRequest) -> HomeOut:
    """Show the office how the marketplace does; what is suppressed on pages is so here."""
    found = home(office_actor_of(request))
    return HomeOut(
        at=found.at,
        days=_counts(found.days),
        weeks=_counts(found.weeks),
        match=_match(found.match),
        nps=ScoreOut.from_orm(found.customers.nps),
        csat=ScoreOut.from_orm(found.customers.csat),
        enps=ScoreOut.from_orm(found.wave.total),
        asked=found.customers.asked,
        answered=found.customers.answered,
        response_rate=found.customers.response_rate,
        open_cases=found.open_cases,
        overdue_cases=found.overdue_cases,
        payouts=PayoutsOut(
            count=found.payouts.count,
            amount_minor=found.payouts.amount.minor,
            currency=found.payouts.amount.currency,
        ),
        promise=_promise(found.promise, found.promise_since),
    )


def _promise(figures: PromiseFigures, since: datetime) -> PromiseOut:
    return PromiseOut(
        since=since,
        jobs=figures.jobs,
        worker_share_bp=figures.worker_share_bp,
        tips_minor=figures.tips_minor,
        tips_passed_bp=figures.tips_passed_bp,
        minutes_to_available=figures.minutes_to_available,
        minutes_to_paid=figures.minutes_to_paid,
        cash_outs=figures.cash_outs,
        free_cash_outs_bp=figures.free_cash_outs_bp,
    )


def _counts(rows: list[tuple[date, int]]) -> list[CountOut]:
    return [CountOut(day=day, bookings=count) for day, count in rows]


def _match(match: Match) -> MatchOut:
    return MatchOut.from_orm(match)
