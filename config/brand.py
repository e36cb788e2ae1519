"""A tenant's colour, and the colours derived from it that everyone can read.

A tenant picks any colour; text in it and text on it still have to reach a contrast of 4.5
(WCAG 2.2, 1.4.3), on light and on dark ground. The result is a small stylesheet under an address
that names the colour, so it can be cached for ever and needs no inline style.
"""

import re
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import register_converter
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

Colour = tuple[float, float, float]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
INK: Colour = (20, 18, 14)
PAPER: Colour = (251, 248, 242)
NIGHT: Colour = (34, 31, 26)
DARK_PAPER: Colour = (24, 22, 18)
READABLE = 4.6


def is_colour(text: str) -> bool:
    """Whether a text is a "#" and six hexadecimal digits."""
    return bool(re.fullmatch(r"#?[0-9a-fA-F]{6}", text))


class ColourConverter:
    """Six hexadecimal digits in an address."""

    regex = "[0-9a-f]{6}"

    def to_python(self, value: str) -> str:
        """Return the digits as they are."""
        return value

    def to_url(self, value: str) -> str:
        """Return the digits as an address writes them."""
        return value.removeprefix("#").lower()


register_converter(ColourConverter, "colour")


def parse(text: str) -> Colour:
    """Return the colour written as six hexadecimal digits."""
    digits = text.removeprefix("#")
    return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16))


def written(colour: Colour) -> str:
    """Return a colour as CSS writes it."""
    return "#" + "".join(f"{round(part):02x}" for part in colour)


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    shares = [part / 255 for part in colour]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """Return a colour with a share of another in it."""
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return (red, green, blue)


def toward(colour: Colour, goal: Colour, good: Callable[[Colour], bool]) -> Colour:
    """Return the first colour on the way to a goal that is good enough."""
    steps = (mix(colour, goal, step / 50) for step in range(50))
    return next((each for each in steps if good(each)), goal)


def text_on(ground: Colour) -> Colour:
    """Return white where it can be read, else ink."""
    return WHITE if contrast(WHITE, ground) >= READABLE else INK


def can_carry_text(ground: Colour) -> bool:
    """Whether white or ink can be read on a colour."""
    return contrast(text_on(ground), ground) >= READABLE


def readable_on_all(colour: Colour, grounds: Sequence[Colour]) -> bool:
    """Whether text in a colour can be read on every ground."""
    return all(contrast(colour, ground) >= READABLE for ground in grounds)


def palette(colour: Colour, *, dark: bool) -> dict[str, str]:
    """Return the tokens of a brand for a light or a dark page."""
    ground, goal = (NIGHT, WHITE) if dark else (WHITE, BLACK)
    soft = mix(ground, colour, 0.2 if dark else 0.13)
    grounds = (soft, *((NIGHT, DARK_PAPER) if dark else (WHITE, PAPER)))
    fill = toward(colour, goal, lambda c: contrast(c, NIGHT) >= 7 if dark else can_carry_text(c))
    awning = toward(mix(colour, BLACK, 0.2), BLACK, can_carry_text) if dark else fill
    colours = {
        "brand": fill,
        "on-brand": text_on(fill),
        "brand-strong": mix(fill, BLACK if text_on(fill) == WHITE else WHITE, 0.22),
        "brand-text": toward(colour, goal, lambda c: readable_on_all(c, grounds)),
        "brand-soft": soft,
        "awning": awning,
        "on-awning": text_on(awning),
        "awning-stripe": mix(awning, WHITE, 0.2 if dark else 0.36),
    }
    return {name: written(each) for name, each in colours.items()}


def stylesheet(text: str) -> str:
    """Return the stylesheet of a brand colour."""
    colour = parse(text)
    light, dark = (
        ";".join(f"--{name}:{value}" for name, value in palette(colour, dark=night).items())
        for night in (False, True)
    )
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(request: HttpRequest, colour: str) -> HttpResponse:
    """Answer with the tokens of one colour; the route lets only six hexadecimal digits in."""
    return HttpResponse(stylesheet(colour), content_type="text/css; charset=utf-8")
