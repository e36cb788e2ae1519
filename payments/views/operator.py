"""The pages of those who run the machines: everybody's money, floats, and the house's own bank."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Refusal
from payments.actions.lend import lend
from payments.forms import FloatForm
from payments.queries.recon import (
    flows_by_provider,
    last_run,
    money_by_tenant,
    refusals_today,
    tenants_floats,
)
from payments.views.bank_book import bank_page
from payments.views.questions import one_question, question_list
from tenants.tenancy.access import Request
from tenants.tenancy.forms import show_refusal
from tenants.tenancy.queries import all_tenants, security_events
from tenants.tenancy.views.operators import for_operators

LATELY = timedelta(days=1)
SECURITY_SINCE, SECURITY_MOST = timedelta(days=30), 20


@for_operators
def operator_money(request: Request, by: Actor) -> HttpResponse:
    """Show all tenants' money: in, out, in flight; whether the books hold; what waits."""
    now = clock.now()
    context = question_list(request, by) | {
        "zone": request.tenant.timezone,
        "flows": money_by_tenant(now - LATELY, now),
        "companies": flows_by_provider(now - LATELY, now),
        "run": last_run(),
        "names": dict(all_tenants().values_list("pk", "name")),
        "refused": refusals_today(now.date()),
        "suspicions": security_events(since=now - SECURITY_SINCE, most=SECURITY_MOST),
    }
    return render(request, "payments/operator/money.html", context)


@for_operators
def operator_question(request: Request, by: Actor, question_id: UUID) -> HttpResponse:
    """Show one of the house's questions, and take its answer."""
    return one_question(
        request, by, question_id, "payments/operator/question.html", "operator_money"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_operators
def operator_bank(request: Request, by: Actor) -> HttpResponse:
    """Show the house's own bank beside its books; a post imports a statement."""
    return bank_page(request, by, template="payments/operator/bank.html", back="operator_bank")


@require_http_methods(["GET", "HEAD", "POST"])
@for_operators
def operator_float(request: Request, by: Actor) -> HttpResponse:
    """Show what is lent to each marketplace, and lend more."""
    floats = tenants_floats()
    wanted = request.POST.get("tenant", "")
    forms = {each.tenant_id: _form(request, each.left.currency, wanted, each) for each in floats}
    sent = forms.get(int(wanted)) if wanted.isdecimal() else None
    if sent is not None and sent.is_valid() and _lent(by, int(wanted), sent):
        messages.success(request, gettext("Lent. It shows here in a moment."))
        return redirect("operator_float")
    context = {"items": [(each, forms[each.tenant_id]) for each in floats]}
    status = 422 if sent is not None else 200
    return render(request, "payments/operator/float.html", context, status=status)


def _form(request: Request, currency: str, wanted: str, each: Any) -> FloatForm:
    posted = request.POST if wanted == str(each.tenant_id) else None
    return FloatForm(
        posted, currency=currency, initial={"key": uuid4()}, auto_id=f"{each.tenant_id}_%s"
    )


def _lent(by: Actor, tenant_id: int, form: FloatForm) -> bool:
    try:
        lend(by=by, tenant_id=tenant_id, amount=form.asked, key=str(form.cleaned_data["key"]))
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True
