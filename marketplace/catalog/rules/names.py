"""From a name to an address: small letters, digits and hyphens."""

import re
import unicodedata
from collections.abc import Container


def folded(text: str) -> str:
    """Return a text without accents and capitals: "Jardinería" → "jardineria"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def slug_of(name: str, *, taken: Container[str] = (), limit: int = 50) -> str:
    """Return an address for a name, numbered if somebody has it already."""
    stem = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[: limit - 4].strip("-") or "x"
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
