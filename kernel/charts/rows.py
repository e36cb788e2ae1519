"""Figures below one another: scores with their interval and n, and the shares of a whole."""

from collections.abc import Sequence

from kernel.charts.drawing import (
    GAP,
    LETTER,
    WIDTH,
    Drawing,
    Scale,
    Show,
    grid_line,
    known,
    plain,
    sheet,
    spot,
    text,
    ticks,
    wrapped,
)

Row = tuple[str, float | None, float | None, float | None, int | str | None]

ROW = 42
LEGEND = 21
LINE = 17
SIDE = 6


def intervals(
    title: str,
    description: str,
    *,
    rows: Sequence[Row],
    low: float,
    high: float,
    unit: str = "",
    show: Show = plain,
    no_data: str = GAP,
) -> Drawing:
    """Draw scores on a common scale; each row is (label, value, lower, upper, n)."""
    known([each for row in rows for each in row[1:4]])
    across = Scale(low, high, SIDE, WIDTH - SIDE)
    named = [
        _beside_or_above(row, _figure(row, unit=unit, show=show, no_data=no_data)) for row in rows
    ]
    tops = [
        sum(ROW + (len(each) - 1) * LINE for each in named[:place])
        for place in range(len(rows) + 1)
    ]
    height = tops[-1] + 22
    body = []
    for mark in [each for each in ticks(low, high) if low <= each <= high]:
        x = across(mark)
        anchor = "start" if mark == low else "end" if mark == high else "middle"
        body += [
            grid_line(x, 22, x, height - 20),
            text(x, height - 6, show(mark) + unit, anchor=anchor),
        ]
    for row, label, top in zip(rows, named, tops, strict=False):
        figure = _figure(row, unit=unit, show=show, no_data=no_data)
        body += _interval_row(row, label, figure, top, across)
    return sheet(title, description, body, height=height)


def _beside_or_above(row: Row, figure: str) -> list[str]:
    """Return a row's label in lines: beside its figure, else in lines of its own above it."""
    room = WIDTH - 2 * SIDE
    if len(row[0]) * LETTER <= room - len(figure) * LETTER:
        return [row[0]]
    return [*wrapped(row[0], room), ""]


def _figure(row: Row, *, unit: str, show: Show, no_data: str) -> str:
    _, value, lower, upper, n = row
    count = "" if n is None else f" · n {n}"
    figure = no_data if value is None else show(value) + unit
    if value is not None and lower is not None and upper is not None:
        figure += f" ({show(lower)} {GAP} {show(upper)})"
    return figure + count


def _interval_row(
    row: Row, label: Sequence[str], figure: str, top: float, across: Scale
) -> list[str]:
    _, value, lower, upper, _ = row
    last = top + (len(label) - 1) * LINE
    middle = last + 27
    drawn = [
        *(text(SIDE, top + 14 + line * LINE, words) for line, words in enumerate(label) if words),
        text(WIDTH - SIDE, last + 14, figure, anchor="end", kind="chart-value"),
        f'<path d="M{spot(across.start)} {spot(middle)}H{spot(across.end)}" stroke="currentColor" '
        'stroke-width="6" stroke-opacity=".12" stroke-linecap="round"/>',
    ]
    if value is None:
        return drawn
    if lower is not None and upper is not None:
        drawn.append(
            f'<path class="chart-interval" d="M{spot(across(lower))} {spot(middle)}'
            f'H{spot(across(upper))}" stroke="currentColor" stroke-width="6" '
            'stroke-opacity=".42" stroke-linecap="round"/>'
        )
    drawn.append(f'<circle cx="{spot(across(value))}" cy="{spot(middle)}" r="5.5"/>')
    return drawn


def shares(
    title: str,
    description: str,
    *,
    parts: Sequence[tuple[str, float | None]],
    show: Show = plain,
    no_data: str = GAP,
) -> Drawing:
    """Draw the parts of a whole as one bar, each named below with its share in per cent."""
    whole = sum(known([value for _, value in parts]))
    if any(value < 0 for value in known([value for _, value in parts])):
        raise ValueError("a share of a whole is not negative")
    body, start, y = [], 0.0, 36.0
    for place, (label, value) in enumerate(parts):
        share = (value or 0.0) / whole if whole else 0.0
        tone, depth = f"chart-tone-{place % 6}", f"{1 - place % 6 * 0.13:.2f}"
        width = share * WIDTH
        if width > 0:
            body.append(
                f'<rect class="{tone}" x="{spot(start)}" width="{spot(max(width - 2, 0.5))}" '
                f'height="26" rx="4" fill="currentColor" fill-opacity="{depth}"/>'
            )
        start += width
        lines = wrapped(label, WIDTH - 90)
        figure = no_data if value is None or not whole else f"{show(100 * share)}%"
        body += [
            f'<rect class="{tone}" y="{spot(y)}" width="12" height="12" rx="3" fill="currentColor" '
            f'fill-opacity="{depth}"/>',
            *(text(20, y + 10.5 + line * LINE, words) for line, words in enumerate(lines)),
            text(WIDTH, y + 10.5, figure, anchor="end", kind="chart-value"),
        ]
        y += LEGEND + (len(lines) - 1) * LINE
    return sheet(title, description, body, height=y)
