"""What all charts share: the sheet, the scale, the ticks and how a figure is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from math import ceil, floor, isfinite, log10

Show = Callable[[float], str]

WIDTH = 320
LETTER = 7.0
GAP = "\u2013"
MINUS = "\u2212"


class Drawing(str):
    """Finished markup: templates that ask for `__html__` print it unescaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)

    def __add__(self, other: str) -> "Drawing":
        """Set another drawing or table below; anything else is escaped."""
        return Drawing(str(self) + (other if isinstance(other, Drawing) else escape(other)))


@dataclass(frozen=True, slots=True)
class Scale:
    """Puts the values from low to high on a line from start to end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def plain(value: float) -> str:
    """Write a figure with at most one decimal, rounded half away from zero."""
    checked(value)
    rounded = Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{abs(rounded):f}".removesuffix(".0")
    return f"{MINUS}{text}" if rounded < 0 else text


def checked(value: float) -> float:
    """Return a figure that can be drawn; what cannot be computed has to come as None."""
    if not isfinite(value):
        raise ValueError("a chart draws numbers; give None for what is not known")
    return value


def known(values: Iterable[float | None]) -> list[float]:
    """Return the figures among the gaps."""
    return [checked(value) for value in values if value is not None]


def spot(value: float) -> str:
    """Write a coordinate as short as the eye allows."""
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def ticks(low: float, high: float, *, about: int = 4) -> list[float]:
    """Return round figures that enclose low and high."""
    if high - low <= 1e-9 * max(abs(low), abs(high), 1.0):
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    raw = (high - low) / about
    power = 10.0 ** floor(log10(raw))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


def text(x: float, y: float, words: str, *, anchor: str = "", kind: str = "") -> str:
    """Return words at a place."""
    side = f' text-anchor="{anchor}"' if anchor else ""
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{spot(x)}" y="{spot(y)}"{side}{style}>{escape(words)}</text>'


def grid_line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a quiet straight line."""
    return (
        f'<path class="chart-grid" d="M{spot(x1)} {spot(y1)}L{spot(x2)} {spot(y2)}" '
        'stroke="currentColor" stroke-opacity=".2"/>'
    )


def sheet(
    title: str,
    description: str,
    body: Sequence[str],
    *,
    height: float,
    kind: str = "chart",
    width: float = WIDTH,
) -> Drawing:
    """Return the whole drawing."""
    return Drawing(
        f'<svg class="{kind}" role="img" viewBox="0 0 {spot(width)} {spot(height)}" '
        'font-size="13" fill="currentColor" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(body)}</svg>"
    )


def shortened(words: str, room: float) -> str:
    """Return words that fit in a room, with an ellipsis where they do not."""
    letters = int(room / LETTER)
    return words if len(words) <= letters else words[: max(letters - 1, 1)].rstrip() + "…"


def wrapped(words: str, room: float) -> list[str]:
    """Return words as lines that fit in a room; only a word longer than that is cut."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) * LETTER <= room:
            lines[-1] = longer
        elif lines[-1]:
            lines.append(shortened(word, room))
        else:
            lines[-1] = shortened(word, room)
    return lines


def thinned(labels: Sequence[str], room: float) -> list[int]:
    """Return which labels to print below an axis, the last one always."""
    widest = max((len(label) for label in labels), default=1)
    fits = max(int(room / (widest * LETTER + 8)), 1)
    every = max(ceil(len(labels) / fits), 1)
    return [i for i in range(len(labels)) if (len(labels) - 1 - i) % every == 0]
