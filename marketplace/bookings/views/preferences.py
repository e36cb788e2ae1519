"""A customer's page of what they would like of whoever comes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kernel.errors import Conflict, Invalid
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.prefer import prefer, withdraw_preference
from marketplace.bookings.forms.preferences import PreferenceForm
from marketplace.bookings.queries.preferences import checkable, preferences_of
from tenants.tenancy.access import Request, signed_in
from tenants.tenancy.forms import show_refusal


@signed_in
def preferences(request: Request) -> HttpResponse:
    """List what one would like, and take up something new."""
    by = customer_of(request)
    form = PreferenceForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                prefer(by=by, wanted=form.wanted)
            except (Conflict, Invalid) as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, gettext("Kept. Whoever comes will read it."))
                return redirect("bookings:preferences")
    words = dict(checkable())
    rows = [(each, words.get(f"{each.code}={each.answer}", "")) for each in preferences_of(by)]
    return render(request, "bookings/preferences.html", {"rows": rows, "form": form}, status=status)


@require_POST
@signed_in
def withdraw(request: Request, preference_id: UUID) -> HttpResponse:
    """Take consent back: nobody reads it any more."""
    withdraw_preference(by=customer_of(request), preference_id=preference_id)
    messages.success(request, gettext("Gone. Nobody reads it any more."))
    return redirect("bookings:preferences")
