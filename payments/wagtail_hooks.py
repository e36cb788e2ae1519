"""The office's pages about money, to read."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.money import Money
from payments.queries import all_payments, all_payouts
from payments.queries.providers import paid_by_hand
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import OfficeItem, OwnersItem

PAGE = 30


@require_safe
def payout_list(request: Request) -> HttpResponse:
    """List workers' cash-outs, newest first."""
    rows = all_payouts(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "zone": request.tenant.timezone}
    return render(request, "payments/office/payouts.html", context)


@require_safe
def payment_list(request: Request) -> HttpResponse:
    """List customers' payments, newest first."""
    rows = all_payments(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": [(each, Money(each.currency, each.refunded_minor)) for each in page],
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/payments.html", context)


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern | URLResolver]:
    """Say where these pages are."""
    return [
        path("payouts/", payout_list, name="payments_payouts"),
        path("payments/", payment_list, name="payments_payments"),
        path("", include("payments.urls.office")),
    ]


@hooks.register("register_admin_menu_item")
def payouts_item() -> MenuItem:
    """Put cash-outs into the menu."""
    url = reverse("payments_payouts")
    return OfficeItem(_("Cash-outs"), url, icon_name="download", order=330)


@hooks.register("register_admin_menu_item")
def wages_item() -> MenuItem:
    """Put what keeps wages from leaving into the menu."""
    return OfficeItem(_("Wages"), reverse("payments_wages"), icon_name="lock", order=335)


@hooks.register("register_admin_menu_item")
def payments_item() -> MenuItem:
    """Put payments into the menu."""
    url = reverse("payments_payments")
    return OfficeItem(_("Payments"), url, icon_name="list-ul", order=340)


@hooks.register("register_admin_menu_item")
def refunds_item() -> MenuItem:
    """Put refunds into the menu."""
    url = reverse("payments_refunds")
    return OfficeItem(_("Refunds"), url, icon_name="undo", order=342)


@hooks.register("register_admin_menu_item")
def disputes_item() -> MenuItem:
    """Put disputes into the menu."""
    url = reverse("payments_disputes")
    return OfficeItem(_("Disputes"), url, icon_name="warning", order=344)


@hooks.register("register_admin_menu_item")
def debts_item() -> MenuItem:
    """Put what workers owe into the menu."""
    url = reverse("payments_debts")
    return OfficeItem(_("What workers owe"), url, icon_name="minus-inverse", order=346)


@hooks.register("register_admin_menu_item")
def goodwill_item() -> MenuItem:
    """Put credits and compensations into the menu."""
    url = reverse("payments_goodwill", args=["credit"])
    return OfficeItem(_("Credits"), url, icon_name="plus-inverse", order=348)


@hooks.register("register_admin_menu_item")
def receipts_item() -> MenuItem:
    """Put receipts into the menu."""
    url = reverse("payments_receipts")
    return OfficeItem(_("Receipts"), url, icon_name="doc-full", order=350)


@hooks.register("register_admin_menu_item")
def statements_item() -> MenuItem:
    """Put statements into the menu."""
    url = reverse("payments_statements")
    return OfficeItem(_("Statements"), url, icon_name="calendar", order=360)


@hooks.register("register_admin_menu_item")
def questions_item() -> MenuItem:
    """Put what does not add up into the menu."""
    url = reverse("payments_questions")
    return OfficeItem(_("Money questions"), url, icon_name="help", order=370)


@hooks.register("register_admin_menu_item")
def taxes_item() -> MenuItem:
    """Put taxes into the menu."""
    return OwnersItem(_("Taxes"), reverse("payments_taxes"), icon_name="order-up", order=806)


class ByHandItem(OfficeItem):
    """An entry for businesses that move money from and to their own bank."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it where a payment company does that."""
        return super().is_shown(request) and paid_by_hand()


@hooks.register("register_admin_menu_item")
def batches_item() -> MenuItem:
    """Put bank transfers to workers into the menu."""
    url = reverse("payments_batches")
    return ByHandItem(_("Bank transfers"), url, icon_name="upload", order=331)


@hooks.register("register_admin_menu_item")
def incoming_item() -> MenuItem:
    """Put customers' transfers into the menu."""
    url = reverse("payments_incoming")
    return ByHandItem(_("Expected transfers"), url, icon_name="download", order=332)


@hooks.register("register_admin_menu_item")
def bank_item() -> MenuItem:
    """Put the bank's statement into the menu."""
    url = reverse("payments_bank")
    return ByHandItem(_("Bank account"), url, icon_name="list-ul", order=333)
