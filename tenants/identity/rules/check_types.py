"""What can be checked: which evidence, how long it lasts, how many people decide."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kernel.errors import Invalid

YEAR = timedelta(days=365)


class UnknownCheck(Invalid):
    code = "check.unknown_kind"
    title = "There is no such check."


class IncompleteEvidence(Invalid):
    code = "check.incomplete"
    title = "Something is missing. Please add it and send everything again."


class DocumentTooOld(Invalid):
    code = "check.too_old"
    title = "This document is too old. Please send one from the last 90 days."


class DocumentExpired(Invalid):
    code = "check.document_expired"
    title = "This document has expired. Please send a valid one."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckType:
    """One kind of check. `files` and `fields` are what the worker hands in, all of it required.

    It lasts until the document's own end (`ends_with_document`) but at most for `lasts`.
    """

    kind: str
    files: tuple[str, ...]
    fields: tuple[str, ...] = ()
    optional_fields: tuple[str, ...] = ()
    lasts: timedelta = YEAR
    issued_within: timedelta | None = None
    sensitive: bool = False
    two_people: bool = False
    may_be_pdf: bool = False
    grace: timedelta = timedelta(days=7)


TYPES = {
    each.kind: each
    for each in (
        CheckType(
            kind="id_document",
            files=("front", "back"),
            fields=("number",),
            optional_fields=("expires_on",),
            lasts=5 * YEAR,
            sensitive=True,
        ),
        CheckType(
            kind="selfie_match",
            files=("selfie",),
            lasts=2 * YEAR,
            sensitive=True,
        ),
        CheckType(
            kind="address_proof",
            files=("bill",),
            fields=("issued_on",),
            issued_within=timedelta(days=90),
            may_be_pdf=True,
        ),
        CheckType(
            kind="criminal_record",
            files=("certificate",),
            fields=("issued_on", "folio"),
            lasts=timedelta(days=180),
            issued_within=timedelta(days=90),
            sensitive=True,
            two_people=True,
            may_be_pdf=True,
        ),
        CheckType(
            kind="certificate",
            files=("certificate",),
            fields=("issuer",),
            optional_fields=("number", "expires_on"),
            may_be_pdf=True,
            grace=timedelta(0),
        ),
        CheckType(
            kind="insurance",
            files=("policy",),
            fields=("issuer", "number"),
            optional_fields=("expires_on",),
            may_be_pdf=True,
            grace=timedelta(0),
        ),
    )
}

REASONS = (
    "unreadable",
    "part_missing",
    "expired_document",
    "wrong_document",
    "name_differs",
    "face_differs",
    "altered",
    "duplicate_identity",
    "record_found",
)
ALL_CLEAR = "all_clear"


def type_of(kind: str) -> CheckType:
    """Return a kind of check by its name."""
    if (found := TYPES.get(kind)) is None:
        raise UnknownCheck(kind=kind, fields=["kind"])
    return found


def check_complete(
    check: CheckType, *, files: frozenset[str], fields: dict[str, str], today: date
) -> None:
    """Refuse evidence that lacks a part, is too old, or is over already."""
    wanted = [f"{part}" for part in check.files if part not in files]
    wanted += [name for name in check.fields if not fields.get(name, "").strip()]
    if wanted:
        raise IncompleteEvidence(fields=wanted)
    if unknown := sorted(files - set(check.files)):
        raise IncompleteEvidence(fields=unknown)
    _check_days(check, fields, today)


def valid_until(check: CheckType, *, fields: dict[str, str], at: datetime) -> datetime:
    """Return how long a pass given at a moment lasts."""
    longest = at + check.lasts
    if not fields.get("expires_on"):
        return longest
    last_day = datetime.combine(_day(fields, "expires_on"), time.max, tzinfo=UTC)
    return min(longest, last_day)


def _check_days(check: CheckType, fields: dict[str, str], today: date) -> None:
    if check.issued_within is not None:
        issued_on = _day(fields, "issued_on")
        if issued_on > today:
            raise IncompleteEvidence(fields=["issued_on"])
        if today - issued_on > check.issued_within:
            raise DocumentTooOld(fields=["issued_on"])
    if fields.get("expires_on") and _day(fields, "expires_on") < today:
        raise DocumentExpired(fields=["expires_on"])


def _day(fields: dict[str, str], name: str) -> date:
    try:
        return date.fromisoformat(fields[name])
    except ValueError:
        raise IncompleteEvidence(fields=[name]) from None
