"""The office's page about packages: what is sold, and what was bought."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel.errors import Refusal
from marketplace.bookings.actions.end_package import refund_package
from marketplace.bookings.actions.sell_package import offer_package, stop_package
from marketplace.bookings.forms.packages import PackageForm
from marketplace.bookings.queries.packages import held, package_offers_for, packages_for
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.forms import show_refusal, tell_refusal

PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def package_list(request: Request) -> HttpResponse:
    """Show what is sold in packages and who has what left; sell another one."""
    by = office_actor_of(request)
    form = PackageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                offer_package(by=by, **form.terms())
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("bookings_office_packages")
    page = Paginator(packages_for(by), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "offers": package_offers_for(by),
        "rows": [held(each) for each in page],
        "page": page,
        "zone": request.tenant.timezone,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "bookings/office/packages.html", context, status=status)


@require_POST
def package_stop(request: Request, offer_id: UUID) -> HttpResponse:
    """Sell a package no more."""
    stop_package(by=office_actor_of(request), offer_id=offer_id)
    messages.success(request, gettext("Saved."))
    return redirect("bookings_office_packages")


@require_POST
def package_refund(request: Request, package_id: UUID) -> HttpResponse:
    """Give a customer back what is not used of a package."""
    by = office_actor_of(request)
    try:
        with transaction.atomic():
            refund_package(by=by, package_id=package_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("Saved."))
    return redirect("bookings_office_packages")
