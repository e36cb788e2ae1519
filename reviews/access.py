"""Which browser a request comes from, by the random name we gave it."""

import re

from django.http import HttpRequest

COOKIE = "dv"
OURS = re.compile(r"[0-9a-f]{32}")


def device_of(request: HttpRequest) -> str | None:
    """Return the name that a browser got from us."""
    device = request.COOKIES.get(COOKIE, "")
    return device if OURS.fullmatch(device) else None
