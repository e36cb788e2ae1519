"""What has to be true besides the state before a step is taken, and how it is refused."""

from datetime import datetime, timedelta

from kernel.errors import Conflict, Invalid, NotAllowed
from marketplace.bookings.rules.process import Party

BEGIN_BEFORE = timedelta(minutes=30)
SHORTEST_REASON = {Party.STAFF: 10}
LONGEST_REASON = 300
MOST_PHOTOS = 10


class TooEarly(Conflict):
    code = "booking.too_early"
    title = "You can start from 30 minutes before the visit."


class NothingToCharge(Conflict):
    code = "booking.nothing_to_charge"
    title = "Nothing is to be charged to a card any more."


class PinWrong(Conflict):
    code = "booking.pin_wrong"
    title = "This PIN is not right. Tries left: {left}."


class PinLocked(Conflict):
    code = "booking.pin_locked"
    title = "Too many wrong PINs. Try again in 15 minutes, or let the customer start the visit."


class PinUseless(Conflict):
    code = "booking.pin_useless"
    title = "The PIN does not work any more. The customer can start the visit on their page."


class ReasonMissing(Invalid):
    code = "booking.reason_missing"
    title = "Please say why, in at least {least} characters."


class PhotoMissing(Invalid):
    code = "booking.photo_missing"
    title = "This job ends with a photo. Please add one."


class TooManyPhotos(Invalid):
    code = "booking.too_many_photos"
    title = "At most 10 photos."


class RateMissing(Invalid):
    code = "booking.rate_missing"
    title = "Say which share of the price is kept, from 0 to 100 %."


class VersionConflict(Conflict):
    code = "version_conflict"
    title = "Something has changed meanwhile. Please look again."


class QuoteExpired(Conflict):
    code = "quote_expired"
    title = "This price has expired. Please ask for a new one."


class OutOfArea(Conflict):
    code = "out_of_area"
    title = "This person does not go that far."


class NotBookable(Conflict):
    code = "not_bookable"
    title = "This person does not take bookings right now."


class OwnService(NotAllowed):
    code = "booking.own_service"
    title = "You cannot book yourself."


class QuoteInvalid(Invalid):
    code = "quote.invalid"
    title = "Please correct what you entered."


class TipTooLarge(Invalid):
    code = "quote.tip_too_large"
    title = "A tip is at most as much as the work itself."


def may_begin(*, starts_at: datetime, at: datetime) -> bool:
    """Tell whether the work may begin: from half an hour before."""
    return at >= starts_at - BEGIN_BEFORE


def check_begin(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to begin too early."""
    if not may_begin(starts_at=starts_at, at=at):
        raise TooEarly


def check_reason(reason: str, *, party: Party, needed: bool) -> str:
    """Return a reason that is long enough for who gives it."""
    asked = (needed and party != Party.SYSTEM) or party == Party.STAFF
    least = SHORTEST_REASON.get(party, 3) if asked else 0
    cleaned = " ".join(reason.split())[:LONGEST_REASON]
    if len(cleaned) < least:
        raise ReasonMissing(least=least, fields=["reason"])
    return cleaned


def check_photos(*, before: int, added: int, completion: str) -> None:
    """Refuse too many photos, or none where the job ends with one."""
    if before + added > MOST_PHOTOS:
        raise TooManyPhotos(fields=["photos"])
    if completion == "photo" and before + added == 0:
        raise PhotoMissing(fields=["photos"])
