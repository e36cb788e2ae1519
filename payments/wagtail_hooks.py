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
from payments.models import Payment
from payments.queries import all_payments, all_payouts
from payments.queries.payees import somebody_by_bank
from payments.queries.permissions import may
from payments.queries.providers import paid_by_hand
from payments.rules.payment_states import shown_state
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.access.menu import (
    MONEY,
    PAY,
    SETTINGS,
    GroupedItem,
    OfficeItem,
    OwnersItem,
)

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
        "items": [(each, *_shown(each)) for each in page],
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/payments.html", context)


def _shown(payment: Payment) -> tuple[str, Money]:
    """Return how a payment is shown, and what of it went back."""
    back = Money(payment.currency, payment.refunded_minor + payment.credit_back_minor)
    state = shown_state(payment.state, total=payment.total.minor, given_back=back.minor)
    return state, back


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


# Who sees it, its name, its page with what that needs, its picture, its place, its group.
MENU = (
    (OfficeItem, _("Cash-outs"), ("payments_payouts",), "download", 330, PAY),
    (BatchesItem, _("Bank transfers"), ("payments_batches",), "upload", 331, PAY),
    (ByHandItem, _("Expected transfers"), ("payments_incoming",), "download", 332, MONEY),
    (OfficeItem, _("Bank account"), ("payments_bank",), "list-ul", 333, MONEY),
    (OfficeItem, _("Wages"), ("payments_wages",), "lock", 335, PAY),
    (OfficeItem, _("Money that rests"), ("payments_resting",), "time", 336, PAY),
    (OfficeItem, _("Payments"), ("payments_payments",), "list-ul", 340, MONEY),
    (OfficeItem, _("Refunds"), ("payments_refunds",), "undo", 342, MONEY),
    (OfficeItem, _("Disputes"), ("payments_disputes",), "warning", 344, MONEY),
    (OfficeItem, _("What workers owe"), ("payments_debts",), "minus-inverse", 346, PAY),
    (OfficeItem, _("Credits"), ("payments_goodwill", "credit"), "plus-inverse", 348, MONEY),
    (OfficeItem, _("Receipts"), ("payments_receipts",), "doc-full", 350, MONEY),
    (OfficeItem, _("Statements"), ("payments_statements",), "calendar", 360, PAY),
    (OfficeItem, _("Money questions"), ("payments_questions",), "help", 370, MONEY),
    (AdjustersItem, _("Corrections"), ("payments_adjustments",), "edit", 372, MONEY),
    (OwnersItem, _("Who may move money"), ("payments_permissions",), "key", 804, SETTINGS),
    (OwnersItem, _("Taxes"), ("payments_taxes",), "order-up", 806, SETTINGS),
)


def _item(
    kind: type[GroupedItem],
    name: Promise,
    page: tuple[str, ...],
    icon: str,
    order: int,
    group: str,
) -> MenuItem:
    address, *needed = page
    return kind(name, reverse(address, args=needed), icon_name=icon, order=order, group=group)


for entry in MENU:
    hooks.register("register_admin_menu_item", partial(_item, *entry))
