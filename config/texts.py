"""The texts of every floor: find them, see which lack a translation, compile the catalogues.

Needs neither settings nor a database, so a fresh checkout can compile before anything runs.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("es", "pt_BR")
FLOORS = (
    "config",
    "insights",
    "surveys",
    "reviews",
    "marketplace/jobs",
    "marketplace/bookings",
    "marketplace/matching",
    "marketplace/catalog",
    "payments",
    "tenants/identity",
    "tenants/support",
    "tenants/messaging",
    "tenants/tenancy",
    "kernel",
)
# Where a call has its context, its text and its plural.
_ONE, _MANY = (None, 0, None), (None, 0, 1)
_ONE_IN_CONTEXT, _MANY_IN_CONTEXT = (0, 1, None), (0, 1, 2)
KEYWORDS: dict[str, tuple[int | None, int, int | None]] = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": _ONE_IN_CONTEXT,
    "pgettext_lazy": _ONE_IN_CONTEXT,
    "npgettext": _MANY_IN_CONTEXT,
    "npgettext_lazy": _MANY_IN_CONTEXT,
}
SPOKEN = {"title", "explanation"}
# Templates of other people's apps that we replace may keep those apps' own texts.
SHIPPED = {"account": "allauth", "mfa": "allauth", "allauth": "allauth", "wagtailadmin": "wagtail"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the source: what, where, and in which context."""

    key: Key
    plural: str
    path: Path
    line: int

    @property
    def where(self) -> str:
        """The place as an editor opens it."""
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def texts_of(floor: str) -> list[Text]:
    """Return all texts that a floor shows to people."""
    home = ROOT / floor
    found: list[Text] = []
    for path in sorted([*home.rglob("*.py"), *home.rglob("*.html"), *home.rglob("*.txt")]):
        if "migrations" in path.parts or _belongs_to(path) != floor:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            found += _extracted(source, path)
            found += _refusals(source, path)
        elif "templates" in path.parts:
            found += _extracted(_flush_left(templatize(source)), path)
    return found


def _flush_left(source: str) -> str:
    """Take the indentation of a template away: Python's tokenizer would make sense of it."""
    return "\n".join(line.lstrip() for line in source.split("\n"))


def _belongs_to(path: Path) -> str:
    place = path.relative_to(ROOT).as_posix()
    return max((floor for floor in FLOORS if place.startswith(f"{floor}/")), key=len)


def _extracted(source: str, path: Path) -> Iterator[Text]:
    wanted = dict.fromkeys(KEYWORDS)
    calls = extract_python(BytesIO(source.encode()), wanted, [], {"encoding": "utf-8"})
    for line, function, arguments, _ in calls:
        given = _each(arguments)
        context, text, plural = KEYWORDS[str(function)]
        if len(given) > text and given[text]:
            key = (None if context is None else given[context], given[text])
            yield Text(key, given[plural] if plural else "", path, line)


def _refusals(source: str, path: Path) -> Iterator[Text]:
    """Return the sentences of refusals: a class with a `code` and plain words beside it."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        said = {
            target.id: (line.value.value, line.lineno)
            for line in node.body
            if isinstance(line, ast.Assign | ast.AnnAssign)
            if isinstance(line.value, ast.Constant) and isinstance(line.value.value, str)
            for target in (line.targets if isinstance(line, ast.Assign) else [line.target])
            if isinstance(target, ast.Name)
        }
        if "code" in said:
            for name in sorted(SPOKEN & said.keys()):
                words, number = said[name]
                yield Text((None, words), "", path, number)


def catalogue(paths: Iterable[Path], language: str) -> dict[Key, tuple[str, ...]]:
    """Return the finished translations of some catalogues; fuzzy and empty ones do not count."""
    known: dict[Key, tuple[str, ...]] = {}
    for path in paths:
        for message in read_catalogue(path, language):
            strings = _each(message.string)
            if message.id and not message.fuzzy and all(strings):
                known.setdefault((message.context, _each(message.id)[0]), strings)
    return known


def _each(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the forms of a text: one, or one for each number."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def read_catalogue(path: Path, language: str) -> Catalog:
    """Return a catalogue file, parsed; a file that is broken says so."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def our_catalogues(language: str | None = None) -> list[Path]:
    """Return the catalogue files of all floors."""
    wanted = language or "*"
    return sorted(
        path
        for floor in FLOORS
        for path in (ROOT / floor).glob(f"locale/{wanted}/LC_MESSAGES/django.po")
    )


def shipped_with(package: str, language: str) -> dict[Key, tuple[str, ...]]:
    """Return what an installed package brings of its own."""
    spec = find_spec(package)
    home = Path(spec.origin).parent if spec and spec.origin else ROOT / package
    return catalogue(sorted(home.rglob(f"locale/{language}/LC_MESSAGES/django.po")), language)


def shipper(path: Path) -> str:
    """Return the package whose template this one replaces, or nothing."""
    parts = path.parts
    return SHIPPED.get(parts[parts.index("templates") + 1], "") if "templates" in parts else ""


def missing(floor: str, language: str) -> list[str]:
    """Return what is wrong with a floor's texts in a language, a line each."""
    known = catalogue(our_catalogues(language), language)
    wrong = []
    for text in texts_of(floor):
        strings = known.get(text.key)
        package = "" if strings else shipper(text.path)
        if package:
            strings = shipped_with(package, language).get(text.key)
        if not strings:
            wrong.append(f"{text.where}: {text.key[1]!r} has no {language}")
        elif any(placeholders(text) != set(PLACEHOLDER.findall(each)) for each in strings[-1:]):
            wrong.append(f"{text.where}: {text.key[1]!r} has other placeholders in {language}")
    return wrong


def placeholders(text: Text) -> set[str]:
    """Return the places in a text where a value is filled in."""
    return set(PLACEHOLDER.findall(text.plural or text.key[1]))


def compile_all() -> int:
    """Write a .mo beside every .po and return how many there are."""
    paths = our_catalogues()
    for path in paths:
        language = path.parents[1].name
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read_catalogue(path, language))
    return len(paths)


def main(arguments: list[str]) -> int:
    """Compile (the default), or list what is `missing` on all floors or on those named."""
    if arguments[:1] != ["missing"]:
        compile_all()
        return 0
    floors = arguments[1:] or [floor for floor in FLOORS if (ROOT / floor).exists()]
    lines = [
        line for floor in floors for language in LANGUAGES for line in missing(floor, language)
    ]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
