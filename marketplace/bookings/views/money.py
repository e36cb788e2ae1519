"""A booking's money, line by line: the customer's, the worker's and the office's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.actor import Actor, Role
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.models import Booking
from payments.queries import money_story
from payments.queries.receipts import receipts_about
from payments.rules.blocks import PARTS
from payments.rules.story import Side
from tenants.tenancy.access import Request, actor_of, office_actor_of, signed_in


@require_safe
@signed_in
@never_cache
def visit_money(request: Request, code: str) -> HttpResponse:
    """Show a customer what happened to every part of what they paid."""
    by = customer_of(request)
    booking = catch_up(by=by, code=code)
    return render(request, "bookings/money.html", _context(booking, by, Side.CUSTOMER))


@require_safe
@signed_in
@never_cache
def job_money(request: Request, code: str) -> HttpResponse:
    """Show a worker what happened to the money of a job."""
    by = actor_of(request, role=Role.WORKER)
    booking = catch_up(by=by, code=code)
    return render(request, "bookings/money.html", _context(booking, by, Side.WORKER))


@require_safe
@never_cache
def office_money(request: Request, booking_id: UUID) -> HttpResponse:
    """Show the office every entry of the books about a booking."""
    by = office_actor_of(request)
    booking = catch_up(by=by, booking_id=booking_id)
    return render(request, "bookings/office/money.html", _context(booking, by, Side.OFFICE))


def _context(booking: Booking, by: Actor, side: Side) -> dict[str, Any]:
    lines, blocks = money_story(booking.reference, side=side)
    return {
        "booking": booking,
        "side": side.value,
        "lines": lines,
        "agreed": booking.blocks,
        "blocks": blocks,
        "changed": blocks is not None
        and any(blocks[part] != value for part, value in _parts(booking)),
        "receipts": receipts_about(booking.reference, by=by),
        "zone": booking.zone,
    }


def _parts(booking: Booking) -> list[tuple[str, Any]]:
    return [(part, getattr(booking.blocks, part)) for part in PARTS]
