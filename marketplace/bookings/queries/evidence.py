"""What we know of a visit, in words for a bank that has to decide about its payment."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import get_language, gettext

from kernel import reading
from kernel.money import Money
from marketplace.bookings.kinds import PROOFS, STEPS, TAKERS
from marketplace.bookings.models import Booking, Dispute, Settlement, StepTaken
from marketplace.bookings.queries.bookings import history_of, messages_of, photos_of
from marketplace.bookings.rules.cancellation import Policy, Tier, tiers
from marketplace.bookings.rules.process import Party
from tenants.messaging.queries import text_of
from tenants.tenancy.queries import here

MOST_MESSAGES = 40


def evidence_about(booking: Booking) -> str:
    """Return everything we know of a visit, for a person to read, complete and send."""
    parts = (
        _agreed(booking),
        _terms(booking),
        _price(booking),
        _happened(booking),
        _proved(booking),
        _told(booking),
        _said(booking),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _agreed(booking: Booking) -> Iterator[str]:
    yield gettext("WHAT WAS AGREED")
    yield gettext("{service}, booking {code}, with {business}.").format(
        service=booking.service_name, code=booking.code, business=here().name
    )
    yield gettext("From {start} to {end}").format(
        start=_at(booking.starts_at, booking), end=_at(booking.ends_at, booking)
    )
    if booking.place.address:
        yield gettext("At the customer's address: {address}").format(address=booking.place.address)
    yield gettext("Booked by {customer} on {at}, with {worker}").format(
        customer=booking.customer.user.public_name,
        at=_at(booking.requested_at, booking),
        worker=booking.worker.name,
    )


def _terms(booking: Booking) -> Iterator[str]:
    yield gettext("TERMS THE CUSTOMER ACCEPTED")
    yield gettext(
        "Shown with the price before paying, and accepted with the booking on {at}:"
    ).format(at=_at(booking.requested_at, booking))
    for tier in tiers(Policy(booking.policy)):
        yield f"- {_tier(tier)}"


def _tier(tier: Tier) -> str:
    """Say a stretch of the policy in the words of the page that the customer saw."""
    said = {"from": tier.from_hours, "until": tier.until_hours, "percent": f"{tier.percent} %"}
    if tier.from_hours is None and not tier.percent:
        free = (
            "Until %(until)s hours before: free." if tier.until_hours else "Free until the visit."
        )
        return gettext(free) % said
    if tier.from_hours is None:
        return gettext("More than %(until)s hours before: %(percent)s of the work is kept.") % said
    if tier.until_hours:
        words = gettext("From %(from)s to %(until)s hours before: %(percent)s of the work is kept.")
        return words % said
    return gettext("Less than %(from)s hours before: %(percent)s of the work is kept.") % said


def _price(booking: Booking) -> Iterator[str]:
    yield gettext("THE PRICE, AS SHOWN AND PAID")
    for line, amount in booking.shown_lines:
        many = f" × {line.quantity}" if line.quantity > 1 else ""
        yield f"- {gettext(line.label)}{many}: {_money(amount)}"
    yield gettext("Total: {total}").format(total=_money(booking.total))
    if booking.credit:
        yield gettext("Of it, {credit} with credit, not with the card.").format(
            credit=_money(booking.credit)
        )


def _happened(booking: Booking) -> Iterator[str]:
    yield gettext("WHAT HAPPENED, AND WHEN")
    for taken in history_of(booking):
        yield f"- {_at(taken.at, booking)}: {STEPS.get(taken.step, taken.step)} ({_who(taken)})"


def _who(taken: StepTaken) -> str:
    return str(TAKERS.get(taken.actor_role, taken.actor_role))


def _proved(booking: Booking) -> Iterator[str]:
    photos = list(photos_of(booking))
    if booking.checked_in_at is None and not photos:
        return
    yield gettext("HOW WE KNOW THAT THE VISIT TOOK PLACE")
    if booking.checked_in_at:
        known = PROOFS.get(booking.check_in_source, booking.check_in_source)
        yield f"- {_at(booking.checked_in_at, booking)}: {known}"
    if booking.check_out_note:
        yield gettext("- The worker wrote at the end: {note}").format(note=booking.check_out_note)
    for photo in photos:
        yield gettext(
            "- Photo {number} of the finished work, received {at} (SHA-256 {hash})"
        ).format(number=photo.position, at=_at(photo.file.at, booking), hash=photo.file.sha256[:16])


def _told(booking: Booking) -> Iterator[str]:
    tenant, locale = here(), get_language() or "es"
    told = messages_of(booking).filter(to_id=booking.customer_id)[:MOST_MESSAGES]
    if not told:
        return
    yield gettext("WHAT WE WROTE TO THE CUSTOMER")
    for each in told:
        subject = text_of(each, locale=locale, tenant=tenant).subject
        yield f"- {_at(each.at, booking)}: {subject}"


def _said(booking: Booking) -> Iterator[str]:
    """What the two sides have written to each other where they disagreed."""
    dispute = Dispute.objects.filter(booking=booking).first()
    if dispute is None:
        return
    yield gettext("WHAT BOTH SIDES WROTE")
    first, second = dispute.by_party, _other(dispute.by_party)
    yield f"- {_at(dispute.opened_at, booking)} ({_side(first)}): {dispute.words}"
    if dispute.answered_at and dispute.answer:
        yield f"- {_at(dispute.answered_at, booking)} ({_side(second)}): {dispute.answer}"
    for offer in Settlement.objects.filter(dispute=dispute).exclude(words="").order_by("pk"):
        yield f"- {_at(offer.made_at, booking)} ({_side(offer.by_party)}): {offer.words}"


def _other(party: str) -> str:
    return str(Party.WORKER if party == Party.CUSTOMER else Party.CUSTOMER)


def _side(party: str) -> str:
    return str(TAKERS.get(party, party))


def _at(at: datetime, booking: Booking) -> str:
    return reading.moment(at, zone=booking.zone, locale=_where(), kind="long")


def _money(amount: Money) -> str:
    return reading.money(amount, locale=_where())


def _where() -> str:
    return reading.babel_locale(get_language() or "es", here().country)
