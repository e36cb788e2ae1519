"""Paying: off to the provider's page, and back."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from payments.actions.open_page import open_page
from payments.actions.settle_payment import catch_up_payment
from payments.models import Payment
from payments.queries import payment_of
from payments.queries.providers import transfer_to
from payments.rules.payment_states import FINAL
from tenants.tenancy.access import Request, roles, signed_in

PAID = ("authorised", "captured")


@transaction.non_atomic_requests
@signed_in
@never_cache
@require_safe
def pay(request: Request, payment_id: UUID) -> HttpResponse:
    """Send the payer to the provider's page; who has paid already goes on."""
    by, payment = _payment(request, payment_id)
    if payment.state in PAID:
        return redirect(payment.return_path)
    return redirect(open_page(by=by, payment_id=payment.pk))


@transaction.non_atomic_requests
@signed_in
@never_cache
@require_safe
def pay_return(request: Request, payment_id: UUID) -> HttpResponse:
    """Welcome the payer back: look at the provider, go on when it is paid, else say how it stands.

    The page asks again by itself until it knows; without JavaScript there is a link.
    """
    _, payment = _payment(request, payment_id)
    if payment.state not in FINAL:
        payment = catch_up_payment(payment_id=payment.pk)
    if payment.state in PAID and request.htmx:
        return HttpResponse(headers={"HX-Redirect": payment.return_path})
    if payment.state in PAID:
        return redirect(payment.return_path)
    context = {
        "payment": payment,
        "closed": payment.state in FINAL,
        "gave_up": "cancelled" in request.GET and not payment.promised_until,
        "transfer": transfer_to(payment),
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/pay_return.html", context)


def _payment(request: Request, payment_id: UUID) -> tuple[Actor, Payment]:
    """Return the payment and its payer, if it is the payer who asks."""
    payment = payment_of(payment_id)
    for role, member in roles(request).items():
        if member.pk == payment.payer_id:
            return Actor(role=Role(role), member_id=member.pk), payment
    raise NotFound(what="payment")
