"""Long lists, a page at a time: rows newest first, and a cursor that says where the next begins."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from kernel.errors import Invalid

PAGE = 50
Row = TypeVar("Row", bound=Model)


class CursorUnknown(Invalid):
    code = "cursor.unknown"
    title = "This cursor is not one of ours."


def page_of(
    rows: QuerySet[Row], cursor: str, *, by: str = "", size: int = PAGE
) -> tuple[list[Row], str | None]:
    """Return the rows after a cursor, newest first, and the cursor of the next page.

    Rows are in the order of their ids, which is that of their making; or of the moment in the field
    `by`, and among equal moments of their ids.
    """
    order = [f"-{by}", "-pk"] if by else ["-pk"]
    after = _after(cursor, by) if cursor else Q()
    found = list(rows.filter(after).order_by(*order)[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return found[:size], None if last is None else _cursor(last, by)


def _cursor(row: Model, by: str) -> str:
    return f"{getattr(row, by).isoformat()}~{row.pk}" if by else str(row.pk)


def _after(cursor: str, by: str) -> Q:
    """Return which rows come later; a `+` of the cursor arrives as a space from an address."""
    moment, _, row_id = cursor.rpartition("~")
    try:
        after = UUID(row_id)
        at = datetime.fromisoformat(moment.replace(" ", "+")) if by else None
    except ValueError:
        raise CursorUnknown from None
    if at is None:
        return Q(pk__lt=after)
    if at.tzinfo is None:
        raise CursorUnknown
    return Q(**{f"{by}__lt": at}) | Q(**{by: at, "pk__lt": after})
