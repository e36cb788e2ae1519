"""One side of a disagreement shows what happened."""

from collections.abc import Sequence
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from kernel.actor import Actor
from marketplace.bookings.actions.moves import locked_booking
from marketplace.bookings.models import Booking, Evidence
from marketplace.bookings.queries.bookings import party_in
from marketplace.bookings.rules import disputes
from marketplace.bookings.rules.process import State, WrongState
from tenants.tenancy.actions.take_upload import take_upload


@transaction.atomic
def add_evidence(*, by: Actor, booking_id: UUID, files: Sequence[File[bytes]]) -> Booking:
    """Keep files of one side, ten at most; both sides and the office see them."""
    booking = locked_booking(booking_id, by=by)
    side = party_in(booking, by)
    disputes.other(side)  # Refuses whoever is none.
    if booking.at != State.DISPUTED:
        raise WrongState(state=booking.at, step="add_evidence")
    before = Evidence.objects.filter(dispute=booking.dispute, by_party=side).count()
    if before + len(files) > disputes.MOST_FILES:
        raise disputes.TooManyFiles(fields=["files"])
    for place, upload in enumerate(files, before + 1):
        stored = take_upload(by=by, upload=upload, purpose="bookings.evidence")
        Evidence.objects.create(dispute=booking.dispute, by_party=side, file=stored, position=place)
    return booking
