"""The office sees customers' transfers arrive on the business's bank account."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kernel.actor import Actor
from kernel.errors import Refusal
from payments.actions.see_transfer import see_transfer
from payments.forms import IncomingForm
from payments.queries.bank import awaited_transfers
from tenants.tenancy.access import Request, demand_proof, office_actor_of
from tenants.tenancy.forms import show_refusal

PAGE = 30


@never_cache
@require_safe
def incoming(request: Request) -> HttpResponse:
    """List the transfers that customers have been asked for, oldest first."""
    return _list(request, office_actor_of(request))


def _list(
    request: Request,
    by: Actor,
    *,
    form: IncomingForm | None = None,
    payment_id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    page = Paginator(awaited_transfers(by), PAGE).get_page(request.GET.get("page"))
    currency = request.tenant.currency
    context = {
        "page": page,
        "items": [
            (each, form if form and each.pk == payment_id else IncomingForm(currency=currency))
            for each in page
        ],
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/incoming.html", context, status=status)


@never_cache
@require_POST
def incoming_seen(request: Request, payment_id: UUID) -> HttpResponse:
    """Note that a customer's transfer has arrived."""
    by = office_actor_of(request)
    form = IncomingForm(request.POST, currency=request.tenant.currency)
    if form.is_valid():
        demand_proof(request, back="/office/incoming/")
        try:
            see_transfer(
                by=by,
                payment_id=payment_id,
                amount=form.asked,
                tracking_key=form.cleaned_data["tracking_key"],
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("The payment is noted. We tell the customer."))
            return redirect("payments_incoming")
    return _list(request, by, form=form, payment_id=payment_id, status=422)
