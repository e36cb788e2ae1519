"""Long lists, a page at a time."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from kernel.errors import Invalid

PAGE = 50
Row = TypeVar("Row", bound=Model)


class CursorUnknown(Invalid):
    code = "cursor.unknown"
    title = "This cursor is not one of ours."


def page_of(rows: QuerySet[Row], cursor: str) -> tuple[list[Row], str | None]:
    """Return the rows, newest first, after a cursor, and the cursor of the next page."""
    if cursor:
        try:
            rows = rows.filter(pk__lt=UUID(cursor))
        except ValueError:
            raise CursorUnknown from None
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else None
