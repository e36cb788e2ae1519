"""Ways around the house in what people write to each other: found, and blanked out.

A text is looked at as a reader sees it: without accents and invisible signs, number words as
digits. Dates, times, amounts, order numbers, postal codes and streets are nobody's phone.
"""

import re
import unicodedata
from dataclasses import dataclass

DOTS = "•••"
FEWEST_DISTINCT = 3
CARD_DIGITS = range(13, 17)
INVISIBLE = ("Mn", "Me", "Cf")  # Accents, frames, signs without width.
BLANK = "\x01"  # Stands for what was found harmless; no rule reaches across it.
NUMBER_WORDS = {
    **dict.fromkeys(("cero", "zero"), "0"),
    **dict.fromkeys(("uno", "um", "uma", "one"), "1"),
    **dict.fromkeys(("dos", "dois", "duas", "two"), "2"),
    **dict.fromkeys(("tres", "three"), "3"),
    **dict.fromkeys(("cuatro", "quatro", "four"), "4"),
    **dict.fromkeys(("cinco", "five"), "5"),
    **dict.fromkeys(("seis", "meia", "six"), "6"),
    **dict.fromkeys(("siete", "sete", "seven"), "7"),
    **dict.fromkeys(("ocho", "oito", "eight"), "8"),
    **dict.fromkeys(("nueve", "nove", "nine"), "9"),
}
Place = tuple[int, int]
_WORD = re.compile(r"[a-z]+")
_LOOKS_LIKE = re.compile(r"(?<=\d)[ol](?=\d)")
_GAP = rf"(?:[^\w{BLANK}]|_){{0,3}}"
HARMLESS = (
    re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})\b"),
    re.compile(r"\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b"),
    re.compile(r"\b(?:[01]?\d|2[0-3])(?::[0-5]\d| ?h(?:s|rs)?\b(?:[0-5]\d)?)"),
    re.compile(r"(?:r\$|us\$|s/|\$|€)\s?\d[\d.,]*"),
    re.compile(r"\b\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d{2})?\b"),
    re.compile(r"(?:\b(?:folio|pedido|orden|ordem|order|ticket)\b\s*(?:n[ro.°º]*\s*)?|#)\d{1,9}\b"),
    re.compile(r"\b\d{5}-\d{3}\b"),
    re.compile(
        r"\b(?:calle|av|avenida|rua|r|alameda|carrera|cra|calzada|street|st|paseo|travessa)\b\.?"
        r"[^\d\n@]{1,40}\d{1,5}(?:-\d{1,5})?\b"
    ),
)
_NUMBER = re.compile(rf"\d(?:{_GAP}\d){{7,17}}(?!\d)")
_AT = r"(?:@|\(?\barroba\b\)?|\(at\)|\[at\])"
_DOT = r"(?:\.|\(?\b(?:punto|ponto|dot)\b\)?)"
_HOSTS = "wa.me t.me instagram.com facebook.com fb.com fb.me tiktok.com m.me".replace(".", r"\.")
RULES = (
    ("email", re.compile(rf"[\w.+-]+\s*{_AT}\s*[\w-]+(?:\s*{_DOT}\s*[a-z]{{2,}})+")),
    (
        "link",
        re.compile(
            rf"https?://\S+|\bwww\.\S+|\b(?:{'|'.join(_HOSTS.split())})\b\S*"
            r"|\b[a-z0-9-]+\.(?:com|net|org|info|app|me|io|mx|br|cl|co|ar|pe)\b(?:\.[a-z]{2})?\S*"
        ),
    ),
    (
        "handle",
        re.compile(
            r"(?<!\w)@[a-z0-9_.]{3,}|\b(?:insta|instagram|ig|telegram|tiktok)\b\s*[:=]?\s*"
            r"(?!y\b|e\b|and\b)[a-z0-9_.]{3,}"
        ),
    ),
    (
        "payment",
        re.compile(
            rf"\b(?:pix|clabe|cbu|cuenta|yape|nequi)\b[^\d\n{BLANK}]{{0,20}}\d(?:{_GAP}\d){{5,}}"
        ),
    ),
    (
        "off_platform",
        re.compile(
            r"\bpor fuera\b|\bpor fora\b|\boutside the app\b|\bsin comision\b|\bsem comissao\b"
            r"|\btrato directo\b|\bfuera de la app\b|\bfora do app\b"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as others may read it, and what kinds of ways around it tried, one for each."""

    text: str
    hits: tuple[str, ...] = ()


def masked(text: str) -> Seen:
    """Return a text with every way around blanked out."""
    plain, origin = _normal(text)
    found: list[tuple[int, int, str]] = []
    for kind, rule in RULES:
        plain = _take(plain, rule, kind, found)
    for rule in HARMLESS:
        plain = rule.sub(lambda match: BLANK * len(match[0]), plain)
    for match in _NUMBER.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) in CARD_DIGITS and _luhn(digits):
            found.append((*match.span(), "card"))
        elif len(set(digits)) >= FEWEST_DISTINCT:
            found.append((*match.span(), "number"))
    return _blanked(text, origin, sorted(found))


def _take(plain: str, rule: re.Pattern[str], kind: str, found: list[tuple[int, int, str]]) -> str:
    found += [(*match.span(), kind) for match in rule.finditer(plain)]
    return rule.sub(lambda match: BLANK * len(match[0]), plain)


def _blanked(text: str, origin: list[Place], found: list[tuple[int, int, str]]) -> Seen:
    shown, done = [], 0
    for first, end, _ in found:
        begins, ends = origin[first][0], origin[end - 1][1]
        if ends > done:
            shown += [text[done : max(begins, done)], DOTS]
            done = ends
    return Seen("".join([*shown, text[done:]]), tuple(kind for *_, kind in found))


def _normal(text: str) -> tuple[str, list[Place]]:
    """Return a text as it is read, and for each sign from where to where in the text it stands."""
    signs: list[tuple[str, Place]] = []
    for place, sign in enumerate(text):
        seen = [
            plain
            for plain in unicodedata.normalize("NFKD", sign).lower()
            if unicodedata.category(plain) not in INVISIBLE
        ]
        if not seen and signs:  # It belongs to the sign before.
            signs[-1] = (signs[-1][0], (signs[-1][1][0], place + 1))
        signs += [(plain, (place, place + 1)) for plain in seen]
    read: list[tuple[str, Place]] = []
    done = 0
    for match in _WORD.finditer("".join(sign for sign, _ in signs)):
        if (digit := NUMBER_WORDS.get(match[0])) is not None:
            whole = signs[match.start()][1][0], signs[match.end() - 1][1][1]
            read += [*signs[done : match.start()], (digit, whole)]
            done = match.end()
    read += signs[done:]
    joined = "".join(sign for sign, _ in read)
    shown = _LOOKS_LIKE.sub(lambda match: "0" if match[0] == "o" else "1", joined)
    return shown, [place for _, place in read]


def _luhn(digits: str) -> bool:
    doubled = [int(each) * (1 + number % 2) for number, each in enumerate(reversed(digits))]
    return sum(each // 10 + each % 10 for each in doubled) % 10 == 0
