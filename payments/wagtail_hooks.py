"""The office's pages about money, to read."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.money import Money
from payments.queries import all_payments, all_payouts
from payments.queries.payees import somebody_by_bank
from payments.queries.permissions import may
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
        "items": [
            (each, Money(each.currency, each.refunded_minor + each.credit_back_minor))
            for each in page
        ],
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


class ByHandItem(OfficeItem):
    """An entry for businesses that move money from and to their own bank."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it where a payment company does that."""
        return super().is_shown(request) and paid_by_hand()


class BatchesItem(OfficeItem):
    """An entry for businesses that pay somebody from their own bank."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it where a payment company pays everybody."""
        return super().is_shown(request) and (paid_by_hand() or somebody_by_bank())


class AdjustersItem(OfficeItem):
    """An entry for those who may correct the books."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from whoever may not."""
        return super().is_shown(request) and may(office_actor_of(request), "adjust")


# Who sees it, its name, its page with what that needs, its picture, its place.
MENU = (
    (OfficeItem, _("Cash-outs"), ("payments_payouts",), "download", 330),
    (BatchesItem, _("Bank transfers"), ("payments_batches",), "upload", 331),
    (ByHandItem, _("Expected transfers"), ("payments_incoming",), "download", 332),
    (BatchesItem, _("Bank account"), ("payments_bank",), "list-ul", 333),
    (OfficeItem, _("Wages"), ("payments_wages",), "lock", 335),
    (OfficeItem, _("Money that rests"), ("payments_resting",), "time", 336),
    (OfficeItem, _("Payments"), ("payments_payments",), "list-ul", 340),
    (OfficeItem, _("Refunds"), ("payments_refunds",), "undo", 342),
    (OfficeItem, _("Disputes"), ("payments_disputes",), "warning", 344),
    (OfficeItem, _("What workers owe"), ("payments_debts",), "minus-inverse", 346),
    (OfficeItem, _("Credits"), ("payments_goodwill", "credit"), "plus-inverse", 348),
    (OfficeItem, _("Receipts"), ("payments_receipts",), "doc-full", 350),
    (OfficeItem, _("Statements"), ("payments_statements",), "calendar", 360),
    (OfficeItem, _("Money questions"), ("payments_questions",), "help", 370),
    (AdjustersItem, _("Corrections"), ("payments_adjustments",), "edit", 372),
    (OwnersItem, _("Who may move money"), ("payments_permissions",), "key", 804),
    (OwnersItem, _("Taxes"), ("payments_taxes",), "order-up", 806),
)


def _item(
    kind: type[MenuItem], name: Promise, page: tuple[str, ...], icon: str, order: int
) -> MenuItem:
    address, *needed = page
    return kind(name, reverse(address, args=needed), icon_name=icon, order=order)


for entry in MENU:
    hooks.register("register_admin_menu_item", partial(_item, *entry))
