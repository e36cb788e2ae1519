"""What an owner sees first, and the public promise: computed from what happened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from insights.rules.days import by_day, by_week
from insights.rules.market import match_rates
from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.bookings.queries import requests_since
from payments.queries import PayoutsDue, PromiseFigures, payouts_due, promise_figures
from surveys.queries import CustomerScores, WaveScores, customer_scores, wave_scores
from tenants.support.queries import case_counts
from tenants.tenancy.queries import here

WEEKS, DAYS = 8, 28
PROMISE_WINDOW = timedelta(days=90)
OPEN_REQUESTS = ("requested", "matching")
COLUMNS = (
    *("id", "state", "customer_id", "worker_service__service_id", "requested_at", "matched_at"),
    *("confirmed_at", "entered_at", "ended_by"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Match rates of 28 days; a rate that cannot be computed is None."""

    requests: int
    matched: int
    gross: float | None
    net: float | None
    filled: float | None
    minutes: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What an owner sees first."""

    at: datetime
    days: list[tuple[date, int]]
    weeks: list[tuple[date, int]]
    match: Match
    customers: CustomerScores
    wave: WaveScores
    open_cases: int
    overdue_cases: int
    payouts: PayoutsDue
    promise: PromiseFigures

    @property
    def promise_since(self) -> datetime:
        """From when on the promise's figures count."""
        return self.at - PROMISE_WINDOW

    @property
    def this_week(self) -> int:
        """Bookings of the last seven days."""
        return self.weeks[-1][1]

    @property
    def week_before(self) -> int:
        """Bookings of the seven days before."""
        return self.weeks[-2][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a tenant's promise page shows: figures, how many jobs they are from, since when."""

    since: datetime
    figures: PromiseFigures


def home(by: Actor) -> Home:
    """Return the owner's home; for anybody outside the office there is none."""
    if not by.works_in_office:
        raise NotFound(what="home")
    at, zone = clock.now(), ZoneInfo(here().timezone)
    rows = _requests(at, zone)
    asked_on = [row["requested_at"].astimezone(zone).date() for row in rows]
    today, cases = at.astimezone(zone).date(), case_counts(at)
    return Home(
        at=at,
        days=by_day(asked_on, last=today, count=DAYS),
        weeks=by_week(asked_on, last=today, count=WEEKS),
        match=_match([row for row in rows if row["requested_at"] > at - timedelta(days=DAYS)]),
        customers=customer_scores(at),
        wave=wave_scores(),
        open_cases=cases["open"],
        overdue_cases=cases["overdue"],
        payouts=payouts_due(),
        promise=promise_figures(at - PROMISE_WINDOW),
    )


def promise() -> Promise:
    """Return the live figures of the promise page. They are public."""
    since = clock.now() - PROMISE_WINDOW
    return Promise(since=since, figures=promise_figures(since))


def _requests(at: datetime, zone: ZoneInfo) -> list[dict[str, Any]]:
    first_day = at.astimezone(zone).date() - timedelta(days=7 * WEEKS - 1)
    since = datetime.combine(first_day, datetime.min.time(), zone)
    return list(requests_since(since).filter(requested_at__lte=at).values(*COLUMNS))


def _match(rows: list[dict[str, Any]]) -> Match:
    rates = match_rates([as_request(row) for row in rows])
    return Match(
        requests=rates["gross_valid"],
        matched=rates["gross_matched"],
        gross=rates["gross_match_rate"],
        net=rates["net_match_rate"],
        filled=rates["fill_rate_completed"],
        minutes=rates["median_time_to_match_min"],
    )


def as_request(row: dict[str, Any]) -> dict[str, Any]:
    """Return a booking as the match rates read it: times in minutes."""
    cancelled = row["state"] == "cancelled"
    unanswered = row["state"] in ("expired", "declined")
    return {
        "id": row["id"],
        "customer": row["customer_id"],
        "service": row["worker_service__service_id"],
        "at": _minutes(row["requested_at"]),
        "open": row["state"] in OPEN_REQUESTS,
        "matched_at": _minutes(row["matched_at"] or row["confirmed_at"]),
        "completed": row["state"] == "completed",
        "cancelled_at": _minutes(row["entered_at"]) if cancelled else None,
        "cancelled_by": row["ended_by"] if cancelled else None,
        "expired_at": _minutes(row["entered_at"]) if unanswered else None,
    }


def _minutes(at: datetime | None) -> float | None:
    return at.timestamp() / 60 if at else None
