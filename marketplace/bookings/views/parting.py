"""Not this person again: said on the page of a visit or a job, and nobody is told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kernel.actor import Actor, Role
from marketplace.bookings.access import customer_of
from marketplace.bookings.queries import booking_named
from marketplace.matching.actions.part import make_up, part
from tenants.tenancy.access import Request, actor_of, signed_in


@require_POST
@signed_in
def visit_parting(request: Request, code: str) -> HttpResponse:
    """Let a customer say whether they want this worker again."""
    return _say(request, customer_of(request), code, page="bookings:visit")


@require_POST
@signed_in
def job_parting(request: Request, code: str) -> HttpResponse:
    """Let a worker say whether they want to work for this customer again."""
    return _say(request, actor_of(request, role=Role.WORKER), code, page="bookings:job")


def _say(request: Request, by: Actor, code: str, *, page: str) -> HttpResponse:
    booking = booking_named(by=by, code=code)
    say = make_up if "again" in request.POST else part
    say(by=by, worker_id=booking.worker_id, customer_id=booking.customer_id)
    messages.success(request, gettext("Saved. Nobody else is told."))
    return redirect(page, code=code)
