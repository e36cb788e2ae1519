"""Figures in an order: a line with its band, bars with whiskers, a sparkline."""

from collections.abc import Sequence
from itertools import groupby

from kernel.charts.drawing import (
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
    thinned,
    ticks,
)

Point = tuple[str, float | None, float | None, float | None]

HEIGHT = 200
TOP, RIGHT, BOTTOM = 16, 12, 26


def line(
    title: str,
    description: str,
    *,
    points: Sequence[Point],
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    show: Show = plain,
) -> Drawing:
    """Draw values over time; each point is (label, value, lower, upper), the last two the band.

    `low` and `high` widen the axis to figures it has to contain.
    """
    scale, left, body = _axis(points, unit=unit, low=low, high=high, show=show)
    across = Scale(0, max(len(points) - 1, 1), left + 8, WIDTH - RIGHT - 8)
    body += _labels([point[0] for point in points], across)
    for run in _runs([point[2] is not None and point[3] is not None for point in points]):
        body.append(_band(points, run, across, scale))
    for run in _runs([point[1] is not None for point in points]):
        body.append(_stroke([(across(i), scale(_value(points[i]))) for i in run]))
    body += _dots(points, across, scale)
    last = max((i for i, point in enumerate(points) if point[1] is not None), default=None)
    if last is not None:
        value = _value(points[last])
        above = _clear_above(points[last], scale)
        anchor = "end" if last > len(points) / 2 else "start"
        body.append(
            text(across(last), above, show(value) + unit, anchor=anchor, kind="chart-value")
        )
    return sheet(title, description, body, height=HEIGHT)


def bars(
    title: str,
    description: str,
    *,
    points: Sequence[Point],
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    show: Show = plain,
) -> Drawing:
    """Draw amounts side by side from zero; each point is (label, value, lower, upper)."""
    floor = 0.0 if low is None else min(low, 0.0)
    scale, left, body = _axis(points, unit=unit, low=floor, high=max(high or 0.0, 0.0), show=show)
    room = (WIDTH - RIGHT - left) / max(len(points), 1)
    across = Scale(0, max(len(points), 1), left + room / 2, WIDTH - RIGHT + room / 2)
    body += _labels([point[0] for point in points], across)
    width = min(room * 0.62, 34)
    for i, (_, value, lower, upper) in enumerate(points):
        if value is None:
            continue
        zero, end = scale(0), scale(value)
        body.append(
            f'<rect x="{spot(across(i) - width / 2)}" y="{spot(min(zero, end))}" '
            f'width="{spot(width)}" height="{spot(abs(end - zero))}" rx="3" fill-opacity=".72"/>'
        )
        if lower is not None and upper is not None:
            body.append(_whisker(across(i), scale(lower), scale(upper)))
        top = min(end, zero, *(scale(each) for each in (lower, upper) if each is not None))
        if room >= 30:
            body.append(text(across(i), top - 5, show(value), anchor="middle", kind="chart-value"))
    return sheet(title, description, body, height=HEIGHT)


def spark(title: str, values: Sequence[float | None], *, description: str = "") -> Drawing:
    """Draw a line as small as a word, without axes."""
    figures = known(values) or [0.0]
    low, high = min(figures), max(figures)
    scale = Scale(low, high if high > low else low + 1, 22, 4)
    across = Scale(0, max(len(values) - 1, 1), 4, 92)
    body = []
    for run in _runs([value is not None for value in values]):
        body.append(_stroke([(across(i), scale(values[i] or 0.0)) for i in run]))
    last = max((i for i, value in enumerate(values) if value is not None), default=None)
    if last is not None:
        body.append(_dot(across(last), scale(values[last] or 0.0), 3))
    return sheet(title, description or title, body, height=26, width=96, kind="spark")


def _value(point: Point) -> float:
    return 0.0 if point[1] is None else point[1]


def _axis(
    points: Sequence[Point],
    *,
    unit: str,
    low: float | None,
    high: float | None,
    show: Show,
) -> tuple[Scale, float, list[str]]:
    figures = known([each for point in points for each in point[1:]] + [low, high]) or [0.0, 1.0]
    marks = ticks(min(figures), max(figures))
    written = [show(mark) + unit for mark in marks]
    left = 10 + max(len(words) for words in written) * 7.5
    scale = Scale(marks[0], marks[-1], HEIGHT - BOTTOM, TOP)
    body = []
    for mark, words in zip(marks, written, strict=True):
        y = scale(mark)
        body.append(grid_line(left, y, WIDTH - RIGHT, y))
        body.append(text(left - 6, y + 4, words, anchor="end"))
    return scale, left, body


def _labels(labels: Sequence[str], across: Scale) -> list[str]:
    shown = thinned(labels, across.end - across.start)
    return [text(across(i), HEIGHT - 8, labels[i], anchor="middle") for i in shown]


def _runs(present: Sequence[bool]) -> list[list[int]]:
    """Return the stretches without a gap."""
    groups = groupby(range(len(present)), key=lambda i: present[i])
    return [list(run) for there, run in groups if there]


def _stroke(spots: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{spot(x)} {spot(y)}" for x, y in spots)
    return (
        f'<path class="chart-line" d="M{path}" fill="none" stroke="currentColor" '
        'stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>'
    )


def _band(points: Sequence[Point], run: Sequence[int], across: Scale, scale: Scale) -> str:
    upper = [(across(i), scale(points[i][3] or 0.0)) for i in run]
    lower = [(across(i), scale(points[i][2] or 0.0)) for i in reversed(run)]
    path = "L".join(f"{spot(x)} {spot(y)}" for x, y in upper + lower)
    if len(run) == 1:
        return _whisker(across(run[0]), lower[0][1], upper[0][1])
    return f'<path class="chart-band" d="M{path}Z" fill-opacity=".16"/>'


def _whisker(x: float, y1: float, y2: float) -> str:
    left, right = spot(x - 4), spot(x + 4)
    one, two = spot(y1), spot(y2)
    return (
        f'<path class="chart-whisker" d="M{left} {one}H{right}M{left} {two}H{right}'
        f'M{spot(x)} {one}V{two}" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    )


def _dot(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{spot(x)}" cy="{spot(y)}" r="{spot(radius)}"/>'


def _dots(points: Sequence[Point], across: Scale, scale: Scale) -> list[str]:
    if len(points) > 31:
        return []
    return [
        _dot(across(i), scale(value), 3)
        for i, (_, value, _, _) in enumerate(points)
        if value is not None
    ]


def _clear_above(point: Point, scale: Scale) -> float:
    return max(scale(_value(point)) - 9, 11)
