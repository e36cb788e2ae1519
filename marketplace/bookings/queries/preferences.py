"""What customers would like of whoever comes: their own list, and what a visit's worker reads."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.models import Booking, Preference
from marketplace.bookings.rules import preferences as rules
from marketplace.matching.queries.favourites import favourites_of
from marketplace.matching.queries.indexing import filters
from marketplace.matching.queries.wording import answers_to


def preferences_of(by: Actor) -> list[Preference]:
    """Return a customer's own preferences that somebody may still read, latest first."""
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotFound(what="preferences")
    rows = _live(by.member_id).select_related("service")
    return list(rows.order_by("-made_at", "-id"))


def _live(customer_id: UUID) -> QuerySet[Preference]:
    return Preference.objects.filter(
        customer_id=customer_id, withdrawn_at__isnull=True, expires_at__gt=clock.now()
    )


def applying(booking: Booking, *, worker_id: UUID | None = None) -> list[Preference]:
    """Return the preferences that hold for a visit, the nearest first, five at most."""
    rows = {each.pk: each for each in _live(booking.customer_id)}
    chosen = rules.told(
        [each.stated for each in rows.values()],
        service_id=booking.worker_service.service_id,
        favourite=worker_id is not None and worker_id in favourites_of(booking.customer_id),
        at=clock.now(),
    )
    return [rows[each.key] for each in chosen]


def stated_for(booking: Booking) -> list[tuple[str, str]]:
    """Return what of a customer's preferences can be checked of a worker: code and answer."""
    return [(each.code, each.answer) for each in applying(booking) if each.code]


def checkable() -> Sequence[tuple[str, str]]:
    """Return what workers say of their services and one may wish for: value and words."""
    return [
        (f"{field.code}={value}", f"{field.said('label')} {words}")
        for field in filters()
        for value, words in answers_to(field)
    ]
