"""The figures of a chart as a table, for those who read rather than look."""

from collections.abc import Sequence
from html import escape

from kernel.charts.drawing import GAP, Drawing, Show, checked, plain

Cell = str | float | None


def table(
    caption: str,
    *,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    show: Show = plain,
    no_data: str = GAP,
    summary: str = "",
) -> Drawing:
    """Return an HTML table; with a `summary` it is folded away behind these words.

    The first cell of a row is its header. None is written as `no_data`.
    """
    head = "".join(
        f'<th scope="col"{_side(place)}>{escape(name)}</th>' for place, name in enumerate(columns)
    )
    body = "".join(
        f'<tr><th scope="row">{_cell(row[0], show, no_data)}</th>'
        + "".join(f'<td class="num">{_cell(each, show, no_data)}</td>' for each in row[1:])
        + "</tr>"
        for row in rows
    )
    whole = (
        f'<table class="table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    if not summary:
        return Drawing(whole)
    return Drawing(
        f'<details class="chart-data"><summary>{escape(summary)}</summary>{whole}</details>'
    )


def _side(place: int) -> str:
    return ' class="num"' if place else ""


def _cell(value: Cell, show: Show, no_data: str) -> str:
    if value is None:
        return escape(no_data)
    return escape(value if isinstance(value, str) else show(checked(value)))
