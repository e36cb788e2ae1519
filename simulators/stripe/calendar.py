"""Working days, as far as banks in the sandbox know them: Monday to Friday, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

MONDAY_TO_FRIDAY = range(5)


def next_working_day(now: int) -> int:
    """The same time of day on the next working day."""
    moment = datetime.fromtimestamp(now, UTC) + timedelta(days=1)
    while moment.weekday() not in MONDAY_TO_FRIDAY:
        moment += timedelta(days=1)
    return int(moment.timestamp())


def next_midnight(now: int) -> int:
    """The beginning of tomorrow."""
    return (now // 86_400 + 1) * 86_400


def iso(moment: int) -> str:
    """A moment as people read it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def from_text(text: str | int | float) -> int:
    """A moment from a number or an ISO text; a text without zone is UTC."""
    if isinstance(text, int | float):
        return int(text)
    if text.lstrip("-").isdigit():
        return int(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp())
