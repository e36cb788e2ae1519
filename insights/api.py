"""How a marketplace does, for programs."""

from dataclasses import fields
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema

from insights.queries import Match, figures, home, promise
from insights.queries.figures import Period
from insights.rules.period import Part
from insights.rules.survival import MARKS, Curve
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


class PartOut(Schema):
    """So many of so many."""

    count: int
    of: int


class OutcomeOut(Schema):
    """How the confirmed bookings of a period went. The take rate is from 0 to 1, or null."""

    confirmed: int
    completed: PartOut
    cancelled_by_customer: PartOut
    cancelled_by_worker: PartOut
    cancelled_by_office: PartOut
    missed_by_customer: PartOut
    missed_by_worker: PartOut
    disputed: PartOut
    moved: PartOut
    take_rate: float | None


class PeriodOut(Schema):
    """One period. Rates are from 0 to 1, waits in minutes; null where nothing is to be divided."""

    since: datetime
    until: datetime
    gross_match_rate: float | None
    net_match_rate: float | None
    fill_rate: float | None
    median_minutes_to_match: float | None
    p90_minutes_to_match: float | None
    outcome: OutcomeOut
    searches_with_a_slot_in_7_days: PartOut


class ShareOut(Schema):
    """To what share it has happened within some days, with its 95 % interval."""

    days: int
    value: float | None
    low: float | None
    high: float | None


class FirstOut(Schema):
    """Days from joining to the first job done (Kaplan and Meier); the median is null until then."""

    n: int
    happened: int
    median_days: float | None
    shares: list[ShareOut]


class FiguresOut(Schema):
    """A period beside the one before, and what is counted over all time."""

    days: int
    now: PeriodOut
    before: PeriodOut
    repeat_90_days: PartOut
    first_booking: FirstOut
    first_job: FirstOut


@router.get("/insights/figures", response=FiguresOut, operation_id="get_insights_figures")
def get_insights_figures(request: HttpRequest, days: int = 28) -> FiguresOut:
    """Show the office how a period of 7 to 366 days went, beside the one before it."""
    found = figures(office_actor_of(request), days=days)
    return FiguresOut(
        days=found.days,
        now=_period(found.now),
        before=_period(found.before),
        repeat_90_days=_part(found.again),
        first_booking=_first(found.first_booking),
        first_job=_first(found.first_job),
    )


def _part(part: Part) -> PartOut:
    return PartOut(count=part.count, of=part.of)


def _period(period: Period) -> PeriodOut:
    match, went = period.match, period.outcome
    named = ((each.name, getattr(went, each.name)) for each in fields(went))
    parts = {name: _part(value) for name, value in named if isinstance(value, Part)}
    return PeriodOut(
        since=period.since,
        until=period.until,
        gross_match_rate=match["gross_match_rate"],
        net_match_rate=match["net_match_rate"],
        fill_rate=match["fill_rate_completed"],
        median_minutes_to_match=match["median_time_to_match_min"],
        p90_minutes_to_match=match["p90_time_to_match_min"],
        searches_with_a_slot_in_7_days=_part(period.liquidity),
        outcome=OutcomeOut(confirmed=went.confirmed, take_rate=went.take_rate, **parts),
    )


def _first(curve: Curve) -> FirstOut:
    shares = [(days, curve.share_by(days)) for days in MARKS]
    return FirstOut(
        n=curve.n,
        happened=curve.happened,
        median_days=curve.median,
        shares=[
            ShareOut(days=days, value=None, low=None, high=None)
            if share is None
            else ShareOut(days=days, value=share.value, low=share.low, high=share.high)
            for days, share in shares
        ],
    )


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
