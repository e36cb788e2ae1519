"""Where a visitor may be at home, as far as the browser's languages tell."""

import re
from collections.abc import Container

TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?-([A-Za-z]{2})")


def region_of(accepted: str, *, known: Container[str]) -> str:
    """Return the country of the first language in an Accept-Language header, or "".

    "es-CO,es;q=0.9" says Colombia; "es" and "es-419" say nothing. Only the first counts: what
    follows is what somebody reads as well, not where they live.
    """
    first = accepted.split(",", 1)[0].split(";", 1)[0].strip()
    found = TAG.fullmatch(first)
    region = found[1].upper() if found else ""
    return region if region in known else ""
