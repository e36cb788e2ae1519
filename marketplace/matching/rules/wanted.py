"""What somebody is looking for, and where they were in the list."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.errors import Invalid
from marketplace.catalog.rules.areas import LARGEST_KM, Place
from marketplace.matching.rules.slots import check_window

SORTS = ("recommended", "price_asc", "price_desc", "distance", "rating", "soonest", "newest")
MOST_ROWS = 50


class SearchInvalid(Invalid):
    """A search that makes no sense."""

    code = "search.invalid"
    title = "Please check what you are searching for."


class CursorInvalid(Invalid):
    """A cursor that we did not give."""

    code = "search.cursor"
    title = "This page of results is not there any more. Please search again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A search: words, shelf, place, time, limits and order. Empty means anything.

    `answers` pairs the code of a tenant's own question with an answer; `minutes` is how long a
    free time has to be, where that is not the least that can be booked.
    """

    q: str = ""
    category: str = ""
    service: str = ""
    place: Place | None = None
    radius_km: float | None = None
    from_: datetime | None = None
    to: datetime | None = None
    price_min: int | None = None
    price_max: int | None = None
    rating_min: float | None = None
    language: str = ""
    verified: bool = False
    variant: UUID | None = None
    minutes: int | None = None
    answers: tuple[tuple[str, str], ...] = ()
    without: frozenset[UUID] = frozenset()
    sort: str = "recommended"
    limit: int = 24

    def __post_init__(self) -> None:
        if self.sort not in SORTS:
            raise SearchInvalid(fields=["sort"])
        if not 1 <= self.limit <= MOST_ROWS:
            raise SearchInvalid(fields=["limit"])
        if self.radius_km is not None and not 0 < self.radius_km <= LARGEST_KM:
            raise SearchInvalid(fields=["radius_km"])
        if self.from_ is not None and self.to is not None:
            check_window(self.from_, self.to)
        elif self.from_ is not self.to:
            raise SearchInvalid(fields=["from", "to"])

    @property
    def order(self) -> str:
        """How to sort: by distance only from somewhere."""
        return "recommended" if self.sort == "distance" and not self.place else self.sort

    @property
    def in_window(self) -> bool:
        """Tell whether somebody free at a certain time is wanted."""
        return self.from_ is not None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row seen: its key and id, when the first page was made, and who was moved up."""

    at: datetime
    key: float
    row_id: UUID
    moved_up: UUID | None = None

    def pack(self) -> str:
        """Return the cursor as text for an address."""
        moved = str(self.moved_up) if self.moved_up else None
        plain = json.dumps([self.at.isoformat(), self.key, str(self.row_id), moved])
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def unpack(packed: str) -> Cursor:
    """Read a cursor, or refuse what is none of ours."""
    try:
        plain = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        at, key, row_id, moved = json.loads(plain)
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not isinstance(key, int | float):
            raise CursorInvalid(fields=["cursor"])
        return Cursor(moment, float(key), UUID(row_id), UUID(moved) if moved else None)
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError, AttributeError):
        raise CursorInvalid(fields=["cursor"]) from None
