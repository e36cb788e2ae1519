"""From the auth host to a tenant's host and back: what may be followed, and for how long."""

import re
from datetime import timedelta

from kernel.errors import Invalid, NotAllowed

CODE_LIVES = timedelta(seconds=60)
STATE_LIVES = timedelta(minutes=10)
STRONG_LIVES = timedelta(minutes=30)
OFFICE_PATH = "/office/"
LONGEST = 1500


class HandoffRefused(Invalid):
    code = "handoff.refused"
    title = "This sign-in link has expired or was already used. Please sign in again."
    status = 400


class SecondFactorNeeded(NotAllowed):
    code = "handoff.second_factor_needed"
    title = "Whoever works in the office also needs a code from an authenticator app."


def safe_next(path: str | None) -> str:
    """Return a path of this very host, or its front page: never the address of another."""
    if not path or len(path) > LONGEST or not path.startswith("/"):
        return "/"
    if path.startswith(("//", "/\\")) or re.search(r"[\x00-\x20\x7f\\]", path):
        return "/"
    return path


def needs_second_factor(path: str) -> bool:
    """Tell whether a path is in the office, where a code alone is not enough."""
    return path == OFFICE_PATH.rstrip("/") or path.startswith(OFFICE_PATH)
