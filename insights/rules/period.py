"""What became of the bookings of one period: shares with what they are shares of."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from surveys.rules.scores import wilson

AGAIN_WITHIN = timedelta(days=90)
FINISHED = ("completed", "delivered", "resolved", "disputed")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """The share, from 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share."""
        return wilson(self.count, self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the confirmed bookings of a period went, and what the business took of the finished."""

    confirmed: int
    completed: Part
    cancelled_by_customer: Part
    cancelled_by_worker: Part
    cancelled_by_office: Part
    missed_by_customer: Part
    missed_by_worker: Part
    disputed: Part
    moved: Part
    taken_minor: int
    paid_minor: int

    @property
    def take_rate(self) -> float | None:
        """Commission and customer's fee, of the work and the fee; None before the first job."""
        return self.taken_minor / self.paid_minor if self.paid_minor else None


def outcome(rows: Iterable[Row], steps: Collection[tuple[UUID, str, str]]) -> Outcome:
    """Return how bookings went. `steps` names what was done to them, as (booking, step, role)."""
    confirmed = [row for row in rows if row["confirmed_at"] is not None]
    ids = {row["id"] for row in confirmed}
    done = [row for row in confirmed if row["finished_at"] and row["state"] in FINISHED]

    def taken(names: Collection[str], roles: Collection[str] = ()) -> Part:
        found = {
            booking
            for booking, step, role in steps
            if step in names and (not roles or role in roles)
        }
        return Part(len(found & ids), len(ids))

    def missed(side: str) -> Part:
        said = [row for row in confirmed if (row["state"], row["accused"]) == ("no_show", side)]
        return Part(len(said), len(ids))

    fees = sum(row["fee_minor"] for row in done)
    return Outcome(
        confirmed=len(ids),
        completed=Part(len(done), len(ids)),
        cancelled_by_customer=taken(("cancel",), ("customer",)),
        cancelled_by_worker=taken(("cancel",), ("worker",)),
        cancelled_by_office=taken(("cancel",), ("owner", "staff")),
        missed_by_customer=missed("customer"),
        missed_by_worker=missed("worker"),
        disputed=taken(("dispute", "contest")),
        moved=Part(sum(row["moves"] > 0 for row in confirmed), len(ids)),
        taken_minor=fees + sum(row["commission_minor"] for row in done),
        paid_minor=fees + sum(row["work_minor"] for row in done),
    )


def came_again(visits: Iterable[tuple[UUID, datetime]], *, at: datetime) -> Part:
    """Return how many customers had a second job within 90 days of their first.

    Only those count whose first job is at least 90 days ago: the others may still come.
    """
    by_person: dict[UUID, list[datetime]] = {}
    for person, when in visits:
        by_person.setdefault(person, []).append(when)
    waited = [sorted(each) for each in by_person.values() if min(each) <= at - AGAIN_WITHIN]
    again = sum(len(each) > 1 and each[1] - each[0] <= AGAIN_WITHIN for each in waited)
    return Part(again, len(waited))
