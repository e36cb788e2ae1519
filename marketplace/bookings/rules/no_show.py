"""Somebody did not come: when that may be said, and by whom it may be answered."""

from datetime import datetime, timedelta

from kernel.errors import Conflict, NotAllowed
from marketplace.bookings.rules.process import Party

WORKER_MAY_BE_LATE = timedelta(minutes=20)
OTHER = {Party.CUSTOMER: Party.WORKER, Party.WORKER: Party.CUSTOMER}


class NotThereYet(Conflict):
    code = "no_show.not_there_yet"
    title = "First say that you are at the door."


class WaitLonger(Conflict):
    code = "no_show.wait_longer"
    title = "Please wait until {minutes} minutes after the beginning."


class TryToReach(Conflict):
    code = "no_show.try_to_reach"
    title = "First try to reach the customer: a tap sends a message that you are at the door."


class OnlyReporter(NotAllowed):
    code = "no_show.only_reporter"
    title = "Only who reported it can take it back."


class OnlyAccused(NotAllowed):
    code = "no_show.only_accused"
    title = "Only who is said not to have come can contest it."


def check_report(
    *,
    by: Party,
    starts_at: datetime,
    arrived_at: datetime | None,
    contacted_at: datetime | None,
    at: datetime,
    wait: timedelta,
) -> Party:
    """Return who is said not to have come, or refuse to hear of it yet.

    A worker stands at the door, has waited and has tried to reach the customer. A customer has
    waited twenty minutes.
    """
    if by == Party.WORKER:
        if arrived_at is None:
            raise NotThereYet
        _check_waited(starts_at, at, wait)
        if contacted_at is None:
            raise TryToReach
    else:
        _check_waited(starts_at, at, WORKER_MAY_BE_LATE)
    return OTHER[by]


def _check_waited(starts_at: datetime, at: datetime, wait: timedelta) -> None:
    if at < starts_at + wait:
        raise WaitLonger(minutes=int(wait.total_seconds() // 60))


def check_reporter(*, by: Party, accused: str) -> None:
    """Refuse to let anybody but the reporter take a report back."""
    if by == accused:
        raise OnlyReporter


def check_accused(*, by: Party, accused: str) -> None:
    """Refuse to let anybody but the accused contest a report."""
    if by != accused:
        raise OnlyAccused
