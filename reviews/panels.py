"""What reviews put on other floors' pages."""

from django.http import HttpRequest

from kernel.actor import Actor, Role
from kernel.panels import Rendered, panel
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Worker
from reviews.queries import figures_of, shown_for, standing_of
from reviews.queries.statements import note_behind
from reviews.rules.review_states import State
from tenants.support.models import DecisionRecord
from tenants.tenancy.models import Tenant
from tenants.tenancy.queries import here

NEWEST = 5


@panel("booking_customer", order=30)
def on_customers_booking(request: HttpRequest, booking: Booking) -> Rendered:
    """Invite the customer, or say how the review stands."""
    by = Actor(role=Role.CUSTOMER, member_id=booking.customer_id)
    return _standing(booking, by)


@panel("booking_worker", order=30)
def on_workers_job(request: HttpRequest, booking: Booking) -> Rendered:
    """Invite the worker, and show what the customer said once everybody may read it."""
    by = Actor(role=Role.WORKER, member_id=booking.worker.member_id)
    return _standing(booking, by)


def _standing(booking: Booking, by: Actor) -> Rendered:
    if booking.completed_at is None:
        return None
    standing = standing_of(booking, by=by)
    if standing.mine is None and standing.theirs is None and not standing.may_write:
        return None
    context = {
        "booking": booking,
        "standing": standing,
        "zone": booking.zone,
        "is_sealed": standing.mine is not None and standing.mine.at == State.SEALED,
        "side": by.role.value,
    }
    return "reviews/panel_booking.html", context


@panel("decision", order=30)
def note_of_moderator(request: HttpRequest, decision: DecisionRecord) -> Rendered:
    """Show the office what a moderator wrote beside a decision about a review."""
    note = note_behind(decision) if decision.subject_kind == "review" else ""
    return ("reviews/panel_decision.html", {"note": note}) if note else None


@panel("profile", order=40)
def on_profile(request: HttpRequest, worker: Worker) -> Rendered:
    """Show what customers say about a worker, and how the average is made."""
    context = {
        "worker": worker,
        "figures": figures_of(worker),
        "reviews": shown_for(worker.pk)[:NEWEST],
        "zone": here().timezone,
    }
    return "reviews/panel_profile.html", context


@panel("promise", order=60)
def on_promise(request: HttpRequest, tenant: Tenant) -> Rendered:
    """Link to how reviews are made."""
    return "reviews/panel_promise.html", {}
