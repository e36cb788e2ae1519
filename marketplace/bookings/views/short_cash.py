"""A worker got less cash than was agreed, and says so."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kernel.actor import Role
from kernel.errors import Refusal
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.actions.note_cash import report_short_cash
from marketplace.bookings.forms import ShortCashForm
from marketplace.bookings.views.work import job_page
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import show_refusal


@require_POST
@signed_in
def short(request: Request, code: str) -> HttpResponse:
    """Tell the team that the cash was less; what was typed is never lost."""
    by = actor_of(request, role=Role.WORKER)
    booking = catch_up(by=by, code=code)
    form = ShortCashForm(request.POST, currency=booking.currency)
    if form.is_valid():
        try:
            with transaction.atomic():
                words = form.cleaned_data["words"]
                report_short_cash(by=by, booking_id=booking.pk, got=form.asked, words=words)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("The team knows, and will talk to you both."))
            return redirect("bookings:job", code=code)
    return job_page(request, by, booking, status=422, short_form=form)
