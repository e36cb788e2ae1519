"""Records that cannot be changed unseen: each carries the hash of the one before."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

FIRST = "0" * 64


def canonical(record: dict[str, Any]) -> str:
    """Return a record as the one text that is hashed: sorted keys, no spaces, nothing escaped."""
    return json.dumps(
        record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def link(previous: str, body: str) -> str:
    """Return the hash of a record after the one before."""
    return hashlib.sha256((previous + body).encode()).hexdigest()


def first_break(links: Iterable[tuple[str, str, str]]) -> int | None:
    """Return the place (from 1) of the first (previous hash, body, hash) that does not fit."""
    expected = FIRST
    for place, (previous, body, own) in enumerate(links, 1):
        if previous != expected or own != link(previous, body):
            return place
        expected = own
    return None
