"""A customer's packages: bought on a worker's page, booked with, given back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel.errors import Conflict
from kernel.timers import run_due_of
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.buy_package import buy_package
from marketplace.bookings.actions.end_package import refund_package
from marketplace.bookings.models import Package
from marketplace.bookings.queries.packages import held, moves_of, package_of, packages_of
from tenants.tenancy.access import Request, signed_in
from tenants.tenancy.forms import refusal_words


@require_safe
@signed_in
def packages(request: Request) -> HttpResponse:
    """List a customer's packages, with what is left of each."""
    rows = [held(each) for each in packages_of(customer_of(request))]
    return render(request, "bookings/packages.html", {"rows": rows})


@require_safe
@signed_in
def package(request: Request, package_id: UUID) -> HttpResponse:
    """Show a package: what is left and until when, its price, where each visit went."""
    run_due_of(package_id)
    return _page(request, package_of(customer_of(request), package_id))


def _page(request: Request, found: Package, *, refusal: Conflict | None = None) -> HttpResponse:
    context = {
        "held": held(found),
        "package": found,
        "worker": found.worker_service.worker,
        "zone": found.worker_service.worker.zone,
        "moves": moves_of(found),
        "pay_path": f"/packages/{found.pk}/pay/",
        "sentence": refusal_words(refusal) if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "bookings/package.html", context, status=status)


@require_POST
@signed_in
def buy(request: Request, offer_id: UUID) -> HttpResponse:
    """Buy a package; on to the payment page."""
    key = request.POST.get("key", "")[:60] or str(offer_id)
    try:
        bought = buy_package(by=customer_of(request), offer_id=offer_id, key=key)
    except Conflict as refusal:
        messages.error(request, refusal_words(refusal))
        return redirect("bookings:packages")
    if bought.state != Package.PENDING:
        return redirect("bookings:package", package_id=bought.pk)
    return redirect("bookings:package_pay", package_id=bought.pk)


@require_safe
@signed_in
def pay(request: Request, package_id: UUID) -> HttpResponse:
    """Lead to the payment company's page."""
    found = package_of(customer_of(request), package_id)
    context = {"back_path": f"/packages/{found.pk}/", "pay_path": f"/pay/{found.payment_id}/"}
    return render(request, "bookings/to_pay.html", context)


@require_POST
@signed_in
def give_back(request: Request, package_id: UUID) -> HttpResponse:
    """Give back what was paid for visits that are not used."""
    by = customer_of(request)
    run_due_of(package_id)
    try:
        refund_package(by=by, package_id=package_id)
    except Conflict as refusal:
        return _page(request, package_of(by, package_id), refusal=refusal)
    messages.success(request, gettext("Your money is on its way back."))
    return redirect("bookings:package", package_id=package_id)
