"""What a worker still does about money: call a cash-out off, try again, answer a freeze."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kernel.actor import Role
from kernel.errors import Refusal
from payments.actions.change_payout import cancel_payout, retry_payout
from payments.actions.freeze import appeal_freeze
from tenants.tenancy.access import Request, actor_of, demand_proof, signed_in
from tenants.tenancy.forms import tell_refusal


@signed_in
@never_cache
@require_POST
def cancel(request: Request, payout_id: UUID) -> HttpResponse:
    """Call a cash-out off before it is sent."""
    by = actor_of(request, role=Role.WORKER)
    try:
        with transaction.atomic():
            cancel_payout(by=by, payout_id=payout_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("Called off. The money is back in your wallet."))
    return redirect("payments:receipt", payout_id)


@signed_in
@never_cache
@require_POST
def retry(request: Request, payout_id: UUID) -> HttpResponse:
    """Send a cash-out that came back once more, by the way that was chosen."""
    by = actor_of(request, role=Role.WORKER)
    demand_proof(request, back=reverse("payments:receipt", args=[payout_id]))
    option = "fast" if request.POST.get("option") == "fast" else "free"
    try:
        with transaction.atomic():
            retry_payout(by=by, payout_id=payout_id, option=option)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("payments:receipt", payout_id)


@signed_in
@never_cache
@require_POST
def appeal(request: Request, freeze_id: UUID) -> HttpResponse:
    """Let a worker answer the freeze of the wallet."""
    by = actor_of(request, role=Role.WORKER)
    try:
        with transaction.atomic():
            appeal_freeze(by=by, freeze_id=freeze_id, text=request.POST.get("appeal", ""))
    except Refusal as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, gettext("The team has your answer and will tell you."))
    return redirect("payments:wallet")
