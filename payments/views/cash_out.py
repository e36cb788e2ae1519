"""Cashing out: what it costs is said before, what became of it afterwards."""

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel.actor import Actor, Role
from kernel.errors import Refusal
from kernel.money import Money
from payments.actions.cash_out import cash_out
from payments.forms import CashOutForm, as_typed
from payments.queries import cash_out_quote, payee_for, payout_of, payouts_of
from payments.queries.cash_outs import why_not_fast
from payments.queries.receipts import receipt_of_payout
from payments.rules.cash_out import DISCLOSURE, CashOutQuote, fee_basis_points
from payments.rules.payout_states import OPEN
from tenants.tenancy.access import (
    Request,
    actor_of,
    demand_proof,
    kept_fields,
    remember_refusal,
    signed_in,
)
from tenants.tenancy.forms import refusal_words

PAGE = 20


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cash_out_page(request: Request) -> HttpResponse:
    """Choose how much and how fast, seeing the fee; then confirm."""
    by = actor_of(request, role=Role.WORKER)
    currency = request.tenant.currency
    if request.method != "POST":
        answer = cash_out_quote(by)
        first = {
            "amount": as_typed(Money(currency, answer.allowed_minor)),
            "option": "free",
            "key": uuid4(),
            **kept_fields(request),
        }
        return _show(request, by, answer, CashOutForm(initial=first, currency=currency))
    form = CashOutForm(request.POST, currency=currency)
    if not form.is_valid():
        return _show(request, by, cash_out_quote(by), form, status=422)
    demand_proof(request)
    return _request(request, by, form)


def _request(request: Request, by: Actor, form: CashOutForm) -> HttpResponse:
    try:
        with transaction.atomic():
            payout = cash_out(
                by=by,
                amount=form.asked,
                option=form.cleaned_data["option"],
                key=f"{by.member_id}:{form.cleaned_data['key']}",
                disclosure=form.cleaned_data["disclosure"] or DISCLOSURE,
                language=get_language() or "",
            )
    except Refusal as refusal:
        remember_refusal(request, refusal)
        beside = "amount" if "amount" in refusal.details.get("fields", ()) else None
        form.add_error(beside, refusal_words(refusal))
        return _show(request, by, cash_out_quote(by), form, status=refusal.status)
    return redirect("payments:receipt", payout.pk)


def _show(
    request: Request, by: Actor, answer: CashOutQuote, form: CashOutForm, *, status: int = 200
) -> HttpResponse:
    currency = request.tenant.currency
    assert by.member_id is not None
    options = [
        {
            "name": option.name,
            "rail": option.rail,
            "fee": Money(currency, option.fee_minor),
            "percent": fee_basis_points(option.fee_minor, option.most_minor) / 100,
            "most": Money(currency, option.most_minor),
            "chosen": form["option"].value() == option.name,
        }
        for option in answer.options
    ]
    context = {
        "form": form,
        "quote": answer,
        "allowed": Money(currency, answer.allowed_minor),
        "options": options,
        "payee": payee_for(by.member_id),
        "not_fast": why_not_fast(by.member_id),
        "advance": Money(currency, answer.advance_minor),
        "disclosure": DISCLOSURE,
        "zone": request.tenant.timezone,
        "currency": currency,
    }
    return render(request, "payments/cash_out.html", context, status=status)


@signed_in
@never_cache
@require_safe
def receipt(request: Request, payout_id: UUID) -> HttpResponse:
    """Show one cash-out: amount, fee, way, arrival, reference, and where it is now."""
    payout = payout_of(actor_of(request, role=Role.WORKER), payout_id)
    context = {
        "payout": payout,
        "waiting": payout.state in OPEN and payout.submitted_at is None,
        "paper": receipt_of_payout(payout),
        "can_cancel": payout.state == "requested" and payout.handed_at is None,
        "can_retry": payout.state in ("failed", "returned"),
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/receipt.html", context)


@signed_in
@never_cache
@require_safe
def cash_outs(request: Request) -> HttpResponse:
    """List all cash-outs of the worker who asks."""
    by = actor_of(request, role=Role.WORKER)
    page = Paginator(payouts_of(by), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "zone": request.tenant.timezone}
    return render(request, "payments/cash_outs.html", context)
