"""Jobs that a worker is asked about, for programs."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from kernel.actor import Actor, Role
from marketplace.bookings.actions.take_offer import decline_offer, take_offer
from marketplace.bookings.api.shapes import BookingOut, booking_out
from marketplace.bookings.models import Offered
from marketplace.bookings.queries.dispatch import offers_of
from tenants.tenancy.access import actor_of

router = Router(tags=["bookings"])


class OfferOut(Schema):
    """A job to take: what it pays, when, how far, and why this worker is asked."""

    id: UUID
    state: str
    service_name: str
    net_minor: int
    currency: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    km: float
    reasons: list[str]
    offered_at: datetime


class OffersOut(Schema):
    """The jobs that can be taken now."""

    items: list[OfferOut]


@router.get("/offers", response=OffersOut, operation_id="list_offers")
def list_offers(request: HttpRequest) -> OffersOut:
    """List the jobs that the caller can take now, the soonest first; no address before that."""
    return OffersOut(items=[_out(each) for each in offers_of(_worker(request))])


@router.post("/offers/{offered_id}/take", response=BookingOut, operation_id="take_offer")
def create_taking(request: HttpRequest, offered_id: UUID) -> BookingOut:
    """Take a job. The first has it; whoever comes after is refused with `already_taken`."""
    by = _worker(request)
    return booking_out(take_offer(by=by, offered_id=offered_id), by)


@router.post("/offers/{offered_id}/reject", response=OfferOut, operation_id="reject_offer")
def create_rejection(request: HttpRequest, offered_id: UUID) -> OfferOut:
    """Do not want a job. That has no consequence."""
    return _out(decline_offer(by=_worker(request), offered_id=offered_id))


def _worker(request: HttpRequest) -> Actor:
    return actor_of(request, role=Role.WORKER)


def _out(offered: Offered) -> OfferOut:
    booking = offered.booking
    return OfferOut(
        id=offered.pk,
        state=offered.state,
        service_name=booking.service_name,
        net_minor=booking.net_pay.minor,
        currency=booking.currency,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        zone=booking.zone,
        km=round(offered.km, 1),
        reasons=offered.reasons,
        offered_at=offered.at,
    )
