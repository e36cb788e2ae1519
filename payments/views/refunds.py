"""The office gives money back: who pays what is shown before, what became of it afterwards."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.actor import Actor
from kernel.errors import NotFound, Refusal
from kernel.money import Money
from payments.actions.decide_refund import decide_refund
from payments.actions.mend_refund import (
    give_as_credit,
    give_by_bank,
    mark_transferred,
    retry_refund,
)
from payments.forms.back import BankRefForm, RefundForm
from payments.models import Payment
from payments.queries.disputes import is_disputed
from payments.queries.going_back import MENDABLE, preview_refund, refundable, refunds_for
from tenants.tenancy.access import Request, office_actor_of
from tenants.tenancy.forms import show_refusal, tell_refusal

PAGE = 30
MENDS = {"retry": retry_refund, "credit": give_as_credit, "bank": give_by_bank}


@require_safe
def refund_list(request: Request) -> HttpResponse:
    """List refunds, newest first, with what can be done about those that failed."""
    rows = refunds_for(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "waiting": rows.filter(state__in=MENDABLE),
        "form": BankRefForm(),
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/refunds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def refund_page(request: Request, payment_id: UUID) -> HttpResponse:
    """Say how much and why; see who pays what; then confirm."""
    by = office_actor_of(request)
    payment, left, tip = refundable(by, payment_id)
    if request.method != "POST":
        form = RefundForm(left=left, tip=tip, initial={"key": uuid4(), "fault": "none"})
        return _show(request, payment, left, form)
    form = RefundForm(request.POST, left=left, tip=tip)
    if not form.is_valid():
        return _show(request, payment, left, form, status=422)
    if "confirm" not in request.POST:
        return _show(request, payment, left, form, preview=_preview(payment, form))
    return _decide(request, by, payment, left, form)


def _preview(payment: Payment, form: RefundForm) -> Any:
    said = form.cleaned_data
    return preview_refund(payment, amount=said["amount"], tip=form.tip_back, fault=said["fault"])


def _decide(
    request: Request, by: Actor, payment: Payment, left: Money, form: RefundForm
) -> HttpResponse:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            made = decide_refund(
                by=by,
                payment_id=payment.pk,
                amount=said["amount"],
                tip=form.tip_back,
                fault=said["fault"],
                reason=said["reason"],
                key=str(said["key"]),
                tip_in_error=bool(said.get("tip_in_error")),
            )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, payment, left, form, status=refusal.status)
    messages.success(request, gettext("The refund is on its way."))
    return redirect("payments_refunds" if made else "payments_payments")


def _show(
    request: Request, payment: Payment, left: Money, form: RefundForm, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "payment": payment,
        "left": left,
        "form": form,
        "disputed": is_disputed(payment),
        "zone": request.tenant.timezone,
        **more,
    }
    return render(request, "payments/office/refund.html", context, status=status)


@require_POST
def mend(request: Request, refund_id: UUID, way: str) -> HttpResponse:
    """Send a refund that failed again, give it as a credit, or by bank."""
    by = office_actor_of(request)
    if way not in (*MENDS, "transferred"):
        raise NotFound(what="page")
    try:
        with transaction.atomic():
            if way == "transferred":
                reference = request.POST.get("bank_ref", "")
                mark_transferred(by=by, refund_id=refund_id, bank_ref=reference)
            else:
                MENDS[way](by=by, refund_id=refund_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("payments_refunds")
