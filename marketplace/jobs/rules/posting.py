"""What a job post may say: a text, some times or any, and perhaps what it should cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Conflict, Invalid

LONGEST_TEXT, SHORTEST_TEXT = 2_000, 20
MOST_PHOTOS, MOST_WINDOWS = 6, 3
AHEAD = timedelta(days=60)
LONGEST_WINDOW = timedelta(days=7)
HELD_FROM = 3  # This many attempts at leaving a contact are for a person to look at.


class JobInvalid(Invalid):
    code = "job.invalid"
    title = "Please look at this part of the job again."


class TextTooShort(JobInvalid):
    code = "job.text"
    title = "Tell a little more about the job, so that people can make an offer."


class WindowInvalid(JobInvalid):
    code = "job.window"
    title = "Each time has to lie ahead, within 60 days, and end after it begins."


class TooManyPhotos(JobInvalid):
    code = "job.photos"
    title = "At most six photos."


class NotPosted(Conflict):
    code = "job.not_posted"
    title = "For this service you choose somebody and book; there are no offers."


class ReasonMissing(Invalid):
    code = "job.reason_missing"
    title = "Say why, in at least ten letters: the customer reads it."


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which the work may begin."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, moment: datetime) -> bool:
        """Tell whether something may begin at a moment."""
        return self.starts_at <= moment < self.ends_at


def check_text(text: str) -> str:
    """Return a text without blanks around it, if it says enough and not too much."""
    text = text.strip()
    if len(text) < SHORTEST_TEXT:
        raise TextTooShort(fields=["text"])
    if len(text) > LONGEST_TEXT:
        raise JobInvalid(fields=["text"])
    return text


def check_windows(windows: Sequence[Window], *, at: datetime) -> tuple[Window, ...]:
    """Return the times in order; none means that any time will do."""
    if len(windows) > MOST_WINDOWS:
        raise WindowInvalid(fields=["windows"])
    for each in windows:
        length = each.ends_at - each.starts_at
        ahead = at < each.ends_at <= at + AHEAD
        if not ahead or not timedelta(0) < length <= LONGEST_WINDOW:
            raise WindowInvalid(fields=["windows"])
    return tuple(sorted(set(windows), key=lambda each: (each.starts_at, each.ends_at)))


def check_budget(minor: int | None) -> int | None:
    """Return a budget if it is an amount at all."""
    if minor is not None and minor < 1:
        raise JobInvalid(fields=["budget"])
    return minor


def check_photos(before: int, added: int) -> None:
    """Refuse more photos than a job may have."""
    if before + added > MOST_PHOTOS:
        raise TooManyPhotos(fields=["photos"])


def check_reason(reason: str) -> str:
    """Return why the office did something, if that is said."""
    reason = reason.strip()
    if len(reason) < 10:
        raise ReasonMissing(fields=["reason"])
    return reason[:300]


def is_reviewed(*, always: bool, hidden: int) -> bool:
    """Tell whether a person looks at a job before it is shown."""
    return always or hidden >= HELD_FROM
