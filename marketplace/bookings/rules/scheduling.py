"""When a visit is paid: at once, by card two days before it, or after it.

A card is left at checkout and charged later. Where the visit is so near that the charge would be
due already, it is paid at once; where it is so far that money would be kept for months, it is not.
"""

from datetime import datetime, timedelta

AT_BOOKING, BEFORE_START, AFTER_SERVICE = PAY_WHEN = ("at_booking", "before_start", "after_service")
CHARGED_BEFORE = timedelta(hours=48)
AGAIN_AFTER = timedelta(hours=4)
FAR_AHEAD = timedelta(days=80)
PAY_DUE_WITHIN = timedelta(hours=24)
PAY_DUE_BEFORE_START = timedelta(hours=4)
PAY_DUE_AT_LEAST = timedelta(hours=1)
OWNER_NEEDED = ("authentication_required", "no_card")  # Trying again changes nothing.


def pay_when(
    axis: str, *, starts_at: datetime, at: datetime, keeps_cards: bool, in_cash: bool
) -> str:
    """Return when a visit is paid, by its service's choice and the time that is left."""
    if in_cash or not keeps_cards:
        return AT_BOOKING
    if axis == AFTER_SERVICE:
        return AFTER_SERVICE
    far = starts_at - at > FAR_AHEAD
    ahead = charge_at(starts_at=starts_at) > at
    return BEFORE_START if ahead and (far or axis == BEFORE_START) else AT_BOOKING


def charge_at(*, starts_at: datetime) -> datetime:
    """T4: the card is charged two days before the visit."""
    return starts_at - CHARGED_BEFORE


def pay_due_by(*, entered_at: datetime, starts_at: datetime) -> datetime:
    """T5: until then who could not be charged may pay by hand; always an hour at least."""
    latest = min(entered_at + PAY_DUE_WITHIN, starts_at - PAY_DUE_BEFORE_START)
    return max(latest, entered_at + PAY_DUE_AT_LEAST)


def try_again_at(
    *, reason: str, tries: int, at: datetime, starts_at: datetime | None
) -> datetime | None:
    """Return when a card that was declined is tried once more; never, if that cannot help.

    `starts_at` is of a visit that is still to come: there has to be time left to pay by hand.
    """
    if tries > 1 or reason in OWNER_NEEDED:
        return None
    again = at + AGAIN_AFTER
    if starts_at is not None and again + PAY_DUE_AT_LEAST > starts_at - PAY_DUE_BEFORE_START:
        return None
    return again
