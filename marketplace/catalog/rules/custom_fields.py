"""Questions a tenant adds of its own: which kinds there are, and which answers fit.

One rule checks every answer, whichever door it came through, and names the codes that do not fit.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from kernel.errors import Conflict, Invalid

TARGETS = ("service", "worker", "customer", "booking", "job")
KINDS = (
    *("text", "long_text", "integer", "decimal", "boolean", "enum", "multi_enum", "date", "file"),
)
VISIBILITIES = ("public", "protected", "staff")
LONGEST = {"text": 500, "long_text": 5_000}
CHOOSING = ("enum", "multi_enum")
FILTERS = ("integer", "decimal", "boolean", "enum", "multi_enum", "date")
MOST_PER_TARGET, MOST_OPTIONS = 60, 200
LARGEST_WHOLE = 2**53
ANSWER_FILE = "answer"  # What a file is kept for that answers a question.
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class FieldInvalid(Invalid):
    """A question that cannot be asked like that."""

    code = "field.invalid"
    title = "This question does not make sense yet. Please correct it."


class FieldsFull(Conflict):
    """Nobody answers that many questions."""

    code = "field.too_many"
    title = "There are 60 questions of this kind already. Archive one first."


class AnswersInvalid(Invalid):
    """Answers that do not fit their questions: `fields` names the codes, `reasons` says why."""

    code = "field.answers_invalid"
    title = "Some answers do not fit their questions. Please correct them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A question: what kind of answer it takes, within which limits, asked where."""

    code: str
    kind: str
    required: bool = False
    options: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    filterable: bool = False
    moderated: bool = False
    sensitive: bool = False
    consent: str = ""
    visibility: str = "public"
    category: UUID | None = None


def check_field(field: Field, *, taken: Collection[str] = (), count: int = 0) -> None:
    """Refuse a question that nobody could answer, or that would tell what is sensitive."""
    wrong = [name for name, fine in _sense(field) if not fine]
    if field.code in taken:
        wrong.append("code")
    if wrong:
        raise FieldInvalid(fields=wrong)
    if count >= MOST_PER_TARGET:
        raise FieldsFull


def _sense(field: Field) -> Iterable[tuple[str, bool]]:
    yield "code", bool(CODE.fullmatch(field.code))
    yield "kind", field.kind in KINDS
    yield "visibility", field.visibility in VISIBILITIES
    chosen = field.kind in CHOOSING
    options = field.options
    yield "options", (0 < len(options) <= MOST_OPTIONS) if chosen else not options
    yield "options", len(set(options)) == len(options)
    yield "filterable", not field.filterable or field.kind in FILTERS
    yield "filterable", not (field.filterable and field.sensitive)
    yield "filterable", not field.filterable or field.visibility == "public"
    yield "moderated", not (field.moderated and field.sensitive)
    yield "consent", bool(field.consent.strip()) == field.sensitive
    yield "visibility", not (field.sensitive and field.visibility == "public")
    for name in ("least", "most"):
        written = getattr(field, name)
        yield name, not written or _limit(field.kind, written) is not None
    low, high = _limit(field.kind, field.least), _limit(field.kind, field.most)
    yield "most", low is None or high is None or low <= high


def _limit(kind: str, written: str) -> Decimal | None:
    """Read a limit: a number, or for dates a day; None where this kind knows no such limit."""
    if not written or kind in ("boolean", "enum", "file"):
        return None
    try:
        if kind == "date":
            return Decimal(date.fromisoformat(written).toordinal())
        limit = Decimal(written)
    except (ValueError, InvalidOperation):
        return None
    return limit if limit.is_finite() else None


def asked(fields: Iterable[Field], *, path: Sequence[UUID] = ()) -> list[Field]:
    """Return the questions that are asked in a category: its own, and those of all above it."""
    return [field for field in fields if field.category is None or field.category in path]


def check_answers(
    fields: Sequence[Field],
    given: Mapping[str, object],
    *,
    consents: Collection[str] = (),
    partial: bool = False,
) -> dict[str, object]:
    """Return the answers as they are kept, or refuse them naming every code that does not fit.

    What is empty is no answer. With `partial`, questions that are not mentioned stay as they are.
    """
    known = {field.code: field for field in fields}
    reasons = {code: "unknown" for code in given if code not in known}
    kept: dict[str, object] = {}
    for code, field in known.items():
        if partial and code not in given:
            continue
        answer = given.get(code)
        if is_empty(answer):
            if field.required:
                reasons[code] = "required"
            continue
        reason, value = _check(field, answer)
        if not reason and field.sensitive and code not in consents:
            reason = "consent"
        if reason:
            reasons[code] = reason
        else:
            kept[code] = value
    if reasons:
        raise AnswersInvalid(fields=sorted(reasons), reasons=reasons)
    return kept


def is_empty(answer: object) -> bool:
    """Tell whether nothing was answered; "no" is an answer."""
    return answer is None or answer == "" or answer == [] or answer == ()


def _check(field: Field, answer: object) -> tuple[str, object]:
    """Return why an answer does not fit, or nothing, and the answer as it is kept."""
    value, size = _read(field, answer)
    if value is None:
        return "type", None
    if field.kind in CHOOSING:
        chosen = value if isinstance(value, list) else [value]
        if not set(chosen) <= set(field.options) or len(set(chosen)) < len(chosen):
            return "option", None
    if size is None:
        return "", value
    low, high = _limit(field.kind, field.least), _limit(field.kind, field.most)
    longest = LONGEST.get(field.kind)
    too_long = longest is not None and size > longest
    if too_long or (low is not None and size < low) or (high is not None and size > high):
        return "range", None
    return "", value


def _read(field: Field, answer: object) -> tuple[object, Decimal | None]:
    """Return an answer of the right type and what its limits measure, or nothing."""
    if field.kind in ("text", "long_text", "enum"):
        return _read_text(field.kind, answer)
    if field.kind == "boolean":
        return (answer if isinstance(answer, bool) else None), None
    if field.kind in ("integer", "decimal"):
        return _read_number(field.kind, answer)
    if field.kind == "multi_enum":
        if not isinstance(answer, list | tuple) or any(not isinstance(x, str) for x in answer):
            return None, None
        return list(answer), Decimal(len(answer))
    return _read_written(field.kind, answer)


def _read_text(kind: str, answer: object) -> tuple[object, Decimal | None]:
    if not isinstance(answer, str) or "\x00" in answer:
        return None, None
    text = answer.strip()
    return (text or None), None if kind == "enum" else Decimal(len(text))


def _read_number(kind: str, answer: object) -> tuple[object, Decimal | None]:
    if isinstance(answer, bool):
        return None, None
    if kind == "integer":
        if not isinstance(answer, int) or abs(answer) > LARGEST_WHOLE:
            return None, None
        return answer, Decimal(answer)
    if not isinstance(answer, int | float | str | Decimal):
        return None, None
    try:
        number = Decimal(str(answer))
    except InvalidOperation:
        return None, None
    if not number.is_finite() or len(number.as_tuple().digits) > 20 or abs(number.adjusted()) > 20:
        return None, None
    return f"{number:f}", number


def _read_written(kind: str, answer: object) -> tuple[object, Decimal | None]:
    """Read a day or the id of a file, which are written as texts."""
    if not isinstance(answer, str):
        return None, None
    try:
        if kind == "file":
            return str(UUID(answer)), None
        day = date.fromisoformat(answer)
    except ValueError:
        return None, None
    return day.isoformat(), Decimal(day.toordinal())
