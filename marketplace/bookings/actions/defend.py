"""A customer's bank disputes a visit: what we know of it becomes a draft of our answer."""

from uuid import UUID

from django.utils import translation

from marketplace.bookings.models import Booking
from marketplace.bookings.queries import booking
from marketplace.bookings.queries.evidence import evidence_about
from payments.actions.send_evidence import draft_evidence
from tenants.tenancy.queries import here


def defend(*, dispute_id: UUID, reference: str) -> None:
    """Draft what is known of a booking for a dispute; a person completes and sends it."""
    kind, _, name = reference.partition(":")
    if kind != "booking" or not Booking.objects.filter(pk=name).exists():
        return
    with translation.override(here().locale):
        words = evidence_about(booking(UUID(name)))
    draft_evidence(dispute_id=dispute_id, words=words)
