"""Two directions at once: a heat table of cohorts, and the steps of a survival curve."""

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

CELL = 30
DARKEST = 0.4


def heat(
    title: str,
    description: str,
    *,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float | None]]],
    show: Show = plain,
) -> Drawing:
    """Draw a table whose cells darken with their value; a cell without one stays empty."""
    figures = known([value for _, values in rows for value in values]) or [0.0]
    low, high = min(0.0, *figures), max(figures)
    tint = Scale(low, high if high > low else low + 1, 0.04, DARKEST)
    left = 14 + min(max((len(label) for label, _ in rows), default=0) * LETTER, 110)
    width = (WIDTH - left) / max(len(columns), 1)
    body = [
        text(left + (i + 0.5) * width, 12, shortened(name, width), anchor="middle")
        for i, name in enumerate(columns)
    ]
    for place, (label, values) in enumerate(rows):
        top = 20 + place * CELL
        body.append(text(0, top + 19, shortened(label, left - 8)))
        for i, value in enumerate(values):
            if value is not None:
                x = left + i * width
                body.append(
                    f'<rect x="{spot(x + 1)}" y="{top + 1}" width="{spot(width - 2)}" '
                    f'height="{CELL - 2}" rx="4" fill-opacity="{tint(value):.2f}"/>'
                )
                words = text(
                    x + width / 2, top + 19, show(value), anchor="middle", kind="chart-value"
                )
                body.append(words)
    return sheet(title, description, body, height=22 + len(rows) * CELL)


def steps(
    title: str,
    description: str,
    *,
    points: Sequence[tuple[float, float]],
    until: float,
    unit: str = "",
    show: Show = plain,
) -> Drawing:
    """Draw a curve that falls in steps (Kaplan and Meier); each point is (time, share left).

    The line goes on to `until`, the last moment anybody was watched.
    """
    known([each for point in points for each in (*point, until)])
    height, left = 200, 44
    across = Scale(0, until if until > 0 else 1, left, WIDTH - 12)
    scale = Scale(0, 1, height - 28, 12)
    body = []
    for mark in (0.0, 0.25, 0.5, 0.75, 1.0):
        body.append(grid_line(left, scale(mark), WIDTH - 12, scale(mark)))
        body.append(text(left - 6, scale(mark) + 4, f"{show(100 * mark)}%", anchor="end"))
    for mark in ticks(0, until or 1):
        if mark <= until:
            body.append(text(across(mark), height - 8, show(mark) + unit, anchor="middle"))
    if points:
        path = f"M{spot(across(points[0][0]))} {spot(scale(points[0][1]))}"
        path += "".join(f"H{spot(across(t))}V{spot(scale(share))}" for t, share in points[1:])
        path += f"H{spot(across(until))}"
        body.append(
            f'<path class="chart-line" d="{path}" fill="none" stroke="currentColor" '
            'stroke-width="2.5" stroke-linejoin="round"/>'
        )
    else:
        body.append(text(WIDTH / 2, height / 2, GAP, anchor="middle", kind="chart-value"))
    return sheet(title, description, body, height=height)
