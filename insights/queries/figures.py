"""The figures of a period, for the office: matches, outcomes, and how soon people begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from insights.queries.home import OPEN_REQUESTS, as_request
from insights.rules.market import match_rates
from insights.rules.period import Outcome, Part, came_again, outcome
from insights.rules.survival import Curve, waiting_times
from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Invalid, NotFound
from marketplace.bookings.queries import finished_jobs, requests_since, steps_since
from marketplace.matching.queries.liquidity import searches_between
from tenants.tenancy.queries import joined_until

LEAST_DAYS, MOST_DAYS = 7, 366
A_DAY = 86_400
COLUMNS = (
    *("id", "state", "customer_id", "worker_service__service_id", "requested_at", "matched_at"),
    *("confirmed_at", "entered_at", "ended_by", "finished_at", "accused", "moves"),
    *("work_minor", "commission_minor", "fee_minor"),
)


class PeriodRefused(Invalid):
    code = "figures.period"
    title = "A period has between 7 and 366 days."


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period: its ends, its match rates, how its bookings went, who was free for searches."""

    since: datetime
    until: datetime
    match: dict[str, Any]
    outcome: Outcome
    liquidity: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A period beside the one before it, and what is counted over all time."""

    days: int
    now: Period
    before: Period
    again: Part
    first_booking: Curve
    first_job: Curve


def figures(by: Actor, *, days: int = 28) -> Figures:
    """Return the figures of the last days and of as many before them; only the office has them.

    Times until the first job are in days since somebody joined. Periods outside 7 to 366 days are
    refused.
    """
    if not by.works_in_office:
        raise NotFound(what="figures")
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise PeriodRefused(fields=["days"])
    at = clock.now()
    turn, begin = at - timedelta(days=days), at - timedelta(days=2 * days)
    asked = requests_since(begin).filter(requested_at__lte=at)
    rows, steps = list(asked.values(*COLUMNS)), steps_since(begin)
    jobs = finished_jobs(at)
    return Figures(
        days=days,
        now=_period([row for row in rows if row["requested_at"] > turn], steps, turn, at),
        before=_period([row for row in rows if row["requested_at"] <= turn], steps, begin, turn),
        again=came_again(((job.customer_id, job.at) for job in jobs), at=at),
        first_booking=_until_first(Role.CUSTOMER, [(job.customer_id, job.at) for job in jobs], at),
        first_job=_until_first(Role.WORKER, [(job.worker_id, job.at) for job in jobs], at),
    )


def _period(
    rows: list[dict[str, Any]],
    steps: set[tuple[UUID, str, str]],
    since: datetime,
    until: datetime,
) -> Period:
    closed = [row for row in rows if row["state"] not in OPEN_REQUESTS]
    return Period(
        since=since,
        until=until,
        match=match_rates([as_request(row) for row in rows]),
        outcome=outcome(closed, steps),
        liquidity=Part(*searches_between(since, until)),
    )


def _until_first(role: Role, jobs: Sequence[tuple[UUID, datetime]], at: datetime) -> Curve:
    first: dict[UUID, datetime] = {}
    for person, when in jobs:
        first[person] = min(when, first.get(person, when))
    joined = joined_until(role, at=at)
    happened = [_days(first[each] - since) for each, since in joined if each in first]
    waiting = [_days(at - since) for each, since in joined if each not in first]
    return waiting_times(happened, waiting)


def _days(span: timedelta) -> float:
    return max(0.0, span.total_seconds() / A_DAY)
