"""For how long money stays where it is after something about an account has changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.errors import Conflict, NotAllowed

CONTACT_CHANGED, FACTORS_RESET, RECOVERED = "contact_changed", "factors_reset", "recovered"
ACCOUNT_CHANGED, NEW_DEVICE, DOUBTED = "account_changed", "new_device", "doubted"
LENGTHS: dict[str, timedelta | None] = {
    ACCOUNT_CHANGED: timedelta(hours=72),
    FACTORS_RESET: timedelta(hours=72),
    RECOVERED: timedelta(hours=72),
    CONTACT_CHANGED: timedelta(hours=48),
    NEW_DEVICE: timedelta(hours=24),
    DOUBTED: None,  # Until two people of the office have released it.
}
ALL_PAYOUTS, CASH_OUT = "all_payouts", "cash_out"


class ReleaseNotAllowed(NotAllowed):
    code = "hold.release_not_allowed"
    title = "Only the office can release this, and nobody for themselves."


class SecondPersonNeeded(Conflict):
    code = "hold.second_person"
    title = "You asked for this release: somebody else of the office has to confirm it."


@dataclass(frozen=True, slots=True)
class MoneyHold:
    """Why a person's money stays, until when, and what stays.

    `until` is none where only the office can end it. The scope says what waits: `cash_out`, what
    the person asks for and payouts to a new account; `all_payouts`, scheduled ones to the old
    account as well.
    """

    reason: str
    until: datetime | None
    scope: str


def held_until(reason: str, *, at: datetime) -> datetime | None:
    """Return when a hold that begins now ends by itself, if it does."""
    length = LENGTHS[reason]
    return None if length is None else at + length


def scope_of(reason: str) -> str:
    """Return what a hold stops: after a doubt everything, else what the person asks for."""
    return ALL_PAYOUTS if reason == DOUBTED else CASH_OUT
