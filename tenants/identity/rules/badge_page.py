"""What the page behind a badge says: the first state of the list that applies."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SERIAL_LENGTH = 26
HANDLE_LENGTH = 12
PHONE_DIGITS = 4
EARLY = timedelta(minutes=60)
LATE = timedelta(minutes=60)
LINK_BEFORE = timedelta(hours=24)
LINK_AFTER = timedelta(hours=2)
START_BEFORE = timedelta(minutes=30)
REVOKE_REASONS = ("lost", "stolen", "damaged", "misused", "left")
_ALPHABET = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class PageState(StrEnum):
    """What a scan comes to."""

    NOT_VALID = "not_valid"
    EXPIRED = "expired"
    STALE_CODE = "stale_code"
    OPENED_ELSEWHERE = "opened_elsewhere"
    NOT_EXPECTED = "not_expected"
    EXPECTED_NOW = "expected_now"
    VALID = "valid"


WITH_IDENTITY = (PageState.OPENED_ELSEWHERE, PageState.EXPECTED_NOW, PageState.VALID)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a customer's link proves: a visit, by whom, when, and whether it still stands."""

    same_worker: bool
    starts_at: datetime
    ends_at: datetime
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the page needs to know of a card. Only a live code can be stale or seen twice."""

    revoked: bool
    holder_active: bool
    expires_at: datetime
    stale: bool = False
    second_device: bool = False


def page_state(card: Card, proof: Proof | None, *, at: datetime) -> PageState:
    """Tell which page somebody who looks at a card gets."""
    told = (
        (card.revoked or not card.holder_active, PageState.NOT_VALID),
        (at >= card.expires_at, PageState.EXPIRED),
        (card.stale, PageState.STALE_CODE),
        (card.second_device, PageState.OPENED_ELSEWHERE),
        (proof is not None and not _expected(proof, at), PageState.NOT_EXPECTED),
        (proof is not None, PageState.EXPECTED_NOW),
    )
    return next((state for applies, state in told if applies), PageState.VALID)


def only_the_time_differs(proof: Proof) -> bool:
    """Tell whether it is the right person, at a moment when nobody expects them."""
    return proof.same_worker and proof.stands


def link_works(starts_at: datetime, ends_at: datetime, *, at: datetime) -> bool:
    """Tell whether the customer's link opens: from a day before until two hours after."""
    return starts_at - LINK_BEFORE <= at <= ends_at + LINK_AFTER


def may_start(starts_at: datetime, ends_at: datetime, *, at: datetime) -> bool:
    """Tell whether the work may begin: from half an hour before."""
    return starts_at - START_BEFORE <= at <= ends_at


def well_formed(code: str, *, length: int = SERIAL_LENGTH) -> bool:
    """Tell whether something can be a serial or a token at all."""
    return len(code) == length and _ALPHABET.issuperset(code)


def _expected(proof: Proof, at: datetime) -> bool:
    in_time = proof.starts_at - EARLY <= at <= proof.ends_at + LATE
    return proof.same_worker and proof.stands and in_time


def is_my_worker(said: str, *, phone: str | None, reference: str) -> bool:
    """Tell whether somebody knows a booking: its reference, or how the customer's phone ends."""
    plain = "".join(each for each in said.upper() if each.isalnum())
    if len(plain) == PHONE_DIGITS and plain.isdigit():
        return bool(phone) and str(phone).endswith(plain)
    return bool(plain) and plain == reference.upper().replace("-", "")
