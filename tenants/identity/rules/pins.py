"""The two codes of a visit, and what happens to who guesses.

The visit code is said by the worker at the door; the start PIN is told by the customer to let the
work begin. Both are derived, so a stolen database tells neither.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

TRIES_BEFORE_LOCK = 5
TRIES_AT_ALL = 10
LOCKED_FOR = timedelta(minutes=15)
SHOWN_BEFORE = timedelta(hours=24)
LINK_AFTER = timedelta(hours=2)


class Verdict(StrEnum):
    """What became of one try."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"
    FALLBACK_ONLY = "fallback_only"


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody was wrong, and until when they have to wait."""

    wrong: int = 0
    locked_until: datetime | None = None


def code(key: bytes, kind: str, visit_id: UUID, gen: int) -> str:
    """Return a code of four digits: `visit` or `start`, of one generation."""
    digest = hmac.new(key, f"{kind}|{visit_id}|{gen}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10_000:04d}"


def distinct_gen(key: bytes, visit_id: UUID, at_least: int) -> int:
    """Return the first generation from here on whose two codes differ."""
    gen = at_least
    while code(key, "visit", visit_id, gen) == code(key, "start", visit_id, gen):
        gen += 1
    return gen


def judge(tries: Tries, *, right: bool, at: datetime) -> tuple[Tries, Verdict]:
    """Weigh one try: while locked not even the right PIN counts, after ten none ever does."""
    if tries.wrong >= TRIES_AT_ALL:
        return tries, Verdict.FALLBACK_ONLY
    if tries.locked_until is not None and at < tries.locked_until:
        return tries, Verdict.LOCKED
    if right:
        return tries, Verdict.RIGHT
    wrong = tries.wrong + 1
    if wrong >= TRIES_AT_ALL:
        return Tries(wrong), Verdict.FALLBACK_ONLY
    if wrong % TRIES_BEFORE_LOCK == 0:
        return Tries(wrong, at + LOCKED_FOR), Verdict.LOCKED
    return Tries(wrong), Verdict.WRONG


def tries_left(tries: Tries) -> int:
    """Return how many wrong tries remain before the next lock."""
    return TRIES_BEFORE_LOCK - tries.wrong % TRIES_BEFORE_LOCK if tries.wrong < TRIES_AT_ALL else 0
