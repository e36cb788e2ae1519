"""What either side's page shows beside the booking itself: another time, a disagreement."""

from dataclasses import dataclass

from django.db.models import QuerySet

from marketplace.bookings.models import (
    Booking,
    Dispute,
    Evidence,
    Extra,
    Settlement,
    TimeProposal,
)
from marketplace.bookings.queries.steps import open_proposal
from marketplace.bookings.rules.process import Party, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """What is open between the two sides of a visit, as one of them reads it."""

    proposal: TimeProposal | None
    dispute: Dispute | None
    theirs: Settlement | None
    mine: Settlement | None
    evidence: list[Evidence]
    extras: list[Extra]


def between(booking: Booking, *, party: Party) -> Between:
    """Return what is open between the two sides of a visit."""
    proposal = open_proposal(booking) if booking.at == State.CONFIRMED else None
    disputed = booking.at in (State.DISPUTED, State.RESOLVED)
    dispute = Dispute.objects.filter(booking=booking).first() if disputed else None
    offers = list(Settlement.objects.filter(dispute=dispute, open=True)) if dispute else []
    return Between(
        proposal=proposal,
        dispute=dispute,
        theirs=next((each for each in offers if each.by_party != party), None),
        mine=next((each for each in offers if each.by_party == party), None),
        evidence=list(evidence_in(dispute)) if dispute else [],
        extras=list(Extra.objects.filter(booking=booking).order_by("pk"))
        if booking.checked_in_at
        else [],
    )


def evidence_in(dispute: Dispute) -> QuerySet[Evidence]:
    """Return the files of both sides, in order."""
    rows = Evidence.objects.filter(dispute=dispute).select_related("file")
    return rows.order_by("by_party", "position")


def open_disputes() -> QuerySet[Dispute]:
    """Return the disagreements that are not over, oldest first; for the office."""
    rows = Dispute.objects.filter(closed_at__isnull=True)
    return rows.select_related("booking__worker", "booking__customer__user").order_by("opened_at")
