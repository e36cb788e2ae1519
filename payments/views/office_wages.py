"""The office's pages about wages: stopped, frozen, doubted or lent money; what the rules mean."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Refusal
from kernel.money import Money
from payments.actions.doubt import clear_destination
from payments.actions.freeze import confirm_freeze, freeze, thaw
from payments.actions.stop_rail import lift_stop
from payments.forms import FreezeForm, WageExampleForm
from payments.queries import (
    doubted_payees,
    float_left,
    freezes,
    lent_out,
    open_stops,
    payout_policy,
)
from payments.rules.cash_out import CashOutPolicy, WalletFacts, quote
from payments.rules.tiers import TIERS, Tier
from tenants.tenancy.access import Request, demand_proof, office_actor_of
from tenants.tenancy.forms import tell_refusal

SHOWN = 30


@require_safe
def wages(request: Request) -> HttpResponse:
    """Show what keeps wages from leaving, and what the float has lent."""
    return _show(request, office_actor_of(request), FreezeForm())


def _show(request: Request, by: Actor, form: FreezeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "stops": open_stops(),
        "doubted": doubted_payees(by),
        "freezes": freezes(by)[:SHOWN],
        "left": float_left(),
        "lent": lent_out(),
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/office/wages.html", context, status=status)


@require_POST
def freeze_wallet(request: Request) -> HttpResponse:
    """Freeze a worker's wallet for 72 hours."""
    by, form = office_actor_of(request), FreezeForm(request.POST)
    if not form.is_valid():
        return _show(request, by, form, status=422)
    demand_proof(request, back=reverse("payments_wages"))
    asked: dict[str, Any] = form.cleaned_data
    return _do(
        request, freeze, member_id=asked["worker"], reason=asked["reason"], note=asked["note"]
    )


@require_POST
def decide_freeze(request: Request, freeze_id: UUID) -> HttpResponse:
    """Confirm a freeze, or lift it; either way saying why."""
    demand_proof(request, back=reverse("payments_wages"))
    action = confirm_freeze if request.POST.get("decision") == "confirm" else thaw
    return _do(request, action, freeze_id=freeze_id, note=request.POST.get("note", ""))


@require_POST
def clear_account(request: Request, payee_id: UUID) -> HttpResponse:
    """Say that a worker's bank account is right."""
    demand_proof(request, back=reverse("payments_wages"))
    return _do(request, clear_destination, payee_id=payee_id)


@require_POST
def open_again(request: Request, stop_id: UUID) -> HttpResponse:
    """Open a way of paying that was closed."""
    demand_proof(request, back=reverse("payments_wages"))
    return _do(request, lift_stop, stop_id=stop_id)


def _do(request: Request, action: Any, **wanted: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            action(by=office_actor_of(request), **wanted)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("Saved."))
    return redirect("payments_wages")


@require_safe
def policy(request: Request) -> HttpResponse:
    """Show what the settings mean, worked out for an example that can be changed."""
    office_actor_of(request)
    currency = request.tenant.currency
    form = WageExampleForm(request.GET or None, currency=currency)
    example, rules = form.example(), payout_policy()
    context = {
        "form": form,
        "policy": rules,
        "rows": [_row(tier, example, rules, currency) for tier in reversed(TIERS)],
        "available": Money(currency, example["available"]),
        "waiting": Money(currency, example["unsettled"]),
        "tips": Money(currency, example["tips"]),
        "lent": Money(currency, example["lent"]),
    }
    return render(request, "payments/office/wage_policy.html", context)


def _row(
    tier: Tier, example: dict[str, int], policy: CashOutPolicy, currency: str
) -> dict[str, Any]:
    """Work the example out with the very function that decides."""
    facts = WalletFacts(
        at=clock.now(),
        available_minor=example["available"],
        unsettled_minor=example["unsettled"],
        unsettled_tips_minor=example["tips"],
        jobs_done=tier.jobs,
        days_here=tier.days,
    )
    usual = replace(policy, float_minor=example["lent"], paused=False)  # A stop is not a rule.
    answer = quote(facts, usual)
    return {
        "tier": tier,
        "percent": tier.rate_bp / 100,
        "settled": Money(currency, answer.settled_minor),
        "advance": Money(currency, answer.advance_minor),
        "allowed": Money(currency, answer.allowed_minor),
        "reasons": answer.reasons,
    }
