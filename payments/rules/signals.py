"""How long a message waits for the thing it is about."""

from datetime import timedelta

WAITING = ("new", "parked")
LOOK_AGAIN_SECONDS = (10, 30, 120, 600, 3_600, *(21_600,) * 12)  # Three days in all.


def wait_before(tries: int) -> timedelta | None:
    """Return how long to wait after so many looks, or nothing when it has been long enough."""
    if tries >= len(LOOK_AGAIN_SECONDS):
        return None
    return timedelta(seconds=LOOK_AGAIN_SECONDS[tries])
