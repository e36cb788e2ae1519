"""Cash at a visit: the worker says it is there, the customer may say it was not so."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kernel.actor import Actor, Role
from kernel.errors import Conflict, Invalid
from kernel.money import Money
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.note_cash import contest_booked_cash, note_cash
from marketplace.bookings.forms import CashForm, ContestForm
from marketplace.bookings.models import Booking
from tenants.tenancy.access import Request, actor_of, office_actor_of, signed_in
from tenants.tenancy.forms import tell_refusal


@require_POST
@signed_in
def taken(request: Request, code: str) -> HttpResponse:
    """Note that the worker has the whole amount in hand."""
    by = actor_of(request, role=Role.WORKER)
    _note(request, by, catch_up(by=by, code=code))
    return redirect("bookings:job", code=code)


@require_POST
def taken_for_worker(request: Request, booking_id: UUID) -> HttpResponse:
    """Note for a worker, who told the office so, that the cash is there."""
    by = office_actor_of(request)
    _note(request, by, catch_up(by=by, booking_id=booking_id))
    return redirect("bookings_office_booking", booking_id)


def take_if_there(request: Request, by: Actor, booking: Booking) -> None:
    """Note the cash together with the end of a visit, if the worker ticked that it is there."""
    form = CashForm(request.POST)
    if booking.in_cash and form.is_valid() and form.cleaned_data["has"]:
        _note(request, by, booking)


def _note(request: Request, by: Actor, booking: Booking) -> None:
    form = CashForm(request.POST)
    amount = Money(booking.currency, form.cleaned_data["amount"] if form.is_valid() else 0)
    try:
        note_cash(by=by, booking_id=booking.pk, amount=amount)
    except (Conflict, Invalid) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("Noted: the cash is there."))


@require_POST
@signed_in
def contested(request: Request, code: str) -> HttpResponse:
    """Tell the team that the cash was not as the worker noted it."""
    by = customer_of(request)
    booking, form = catch_up(by=by, code=code), ContestForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Please say in a few words what happened."))
        return redirect("bookings:visit", code=code)
    try:
        contest_booked_cash(by=by, booking_id=booking.pk, words=form.cleaned_data["words"])
    except Conflict as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("Thank you. The team will look at it and talk to you."))
    return redirect("bookings:visit", code=code)
