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
    shortened,
    spot,
    text,
    ticks,
)

Row = tuple[str, float | None, float | None, float | None, int | str | None]

ROW = 42
LEGEND = 21
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
    height = len(rows) * ROW + 22
    body = []
    for mark in [each for each in ticks(low, high) if low <= each <= high]:
        x = across(mark)
        anchor = "start" if mark == low else "end" if mark == high else "middle"
        body += [
            grid_line(x, 22, x, height - 20),
            text(x, height - 6, show(mark) + unit, anchor=anchor),
        ]
    for place, row in enumerate(rows):
        body += _interval_row(row, place * ROW, across, unit=unit, show=show, no_data=no_data)
    return sheet(title, description, body, height=height)


def _interval_row(
    row: Row, top: float, across: Scale, *, unit: str, show: Show, no_data: str
) -> list[str]:
    label, value, lower, upper, n = row
    count = "" if n is None else f" · n {n}"
    figure = no_data if value is None else show(value) + unit
    if value is not None and lower is not None and upper is not None:
        figure += f" ({show(lower)} {GAP} {show(upper)})"
    words = figure + count
    middle = top + 27
    drawn = [
        text(SIDE, top + 14, shortened(label, WIDTH - 2 * SIDE - len(words) * LETTER)),
        text(WIDTH - SIDE, top + 14, words, anchor="end", kind="chart-value"),
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
    body, start = [], 0.0
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
        y = 36 + place * LEGEND
        figure = no_data if value is None or not whole else f"{show(100 * share)}%"
        body += [
            f'<rect class="{tone}" y="{y}" width="12" height="12" rx="3" fill="currentColor" '
            f'fill-opacity="{depth}"/>',
            text(20, y + 10.5, shortened(label, WIDTH - 90)),
            text(WIDTH, y + 10.5, figure, anchor="end", kind="chart-value"),
        ]
    return sheet(title, description, body, height=36 + len(parts) * LEGEND)
