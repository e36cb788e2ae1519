"""Long lists: every row once, newest first, also among equal moments; no cursor but our own."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kernel.models import Timer
from kernel.paging import CursorUnknown, page_of
from kernel.timers import set_timer

pytestmark = pytest.mark.usefixtures("patitas")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def five():
    """Five timers, of which three are due at the same moment; the oldest is due last."""
    for number, hour in enumerate((14, 13, 13, 13, 12)):
        set_timer("paged", subject_id=uuid4(), at=NOON.replace(hour=hour), entry=str(number))
    return Timer.objects.filter(name="paged")


def walked(rows, **how):
    """Return the entries of all pages of two rows each."""
    pages, cursor = [], ""
    while cursor is not None:
        page, cursor = page_of(rows, cursor, size=2, **how)
        pages.append("".join(each.entry for each in page))
    return pages


def test_every_row_comes_once_newest_first(five):
    assert walked(five) == ["43", "21", "0"]


def test_rows_of_one_moment_are_told_apart_over_pages(five):
    assert walked(five, by="due_at") == ["03", "21", "4"]


def test_a_page_that_is_just_full_is_the_last(five):
    assert page_of(five, "", size=5)[1] is None


@pytest.mark.parametrize(
    ("cursor", "by"),
    [
        ("x", ""),
        ("x", "due_at"),
        ("01a2003c-60bc-711a-a690-6e499976501f", "due_at"),
        ("2026-03-02T12:00~01a2003c-60bc-711a-a690-6e499976501f", "due_at"),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(five, cursor, by):
    with pytest.raises(CursorUnknown):
        page_of(five, cursor, by=by)
