"""What rests of a worker's money and what they owe, with reasons; what a customer may spend."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kernel.actor import Role
from kernel.errors import NotFound, Refusal
from payments.actions.debts import appeal_debt
from payments.queries import holds_of
from payments.queries.going_back import credits_of, debts_of
from payments.tenant_settings import RefundSettings
from tenants.tenancy.access import Request, actor_of, signed_in
from tenants.tenancy.forms import tell_refusal
from tenants.tenancy.queries import settings_of

SHOWN = 30


@signed_in
@never_cache
@require_safe
def owed(request: Request) -> HttpResponse:
    """Show a worker what rests and what is owed, why, and where to object."""
    by = actor_of(request, role=Role.WORKER)
    if by.member_id is None:
        raise NotFound(what="wallet")
    context = {
        "holds": holds_of(by.member_id)[:SHOWN],
        "debts": debts_of(by)[:SHOWN],
        "percent": settings_of(RefundSettings).set_off_bp // 100,
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/owed.html", context)


@signed_in
@require_POST
def appeal(request: Request, debt_id: UUID) -> HttpResponse:
    """Let a worker object to a debt."""
    by = actor_of(request, role=Role.WORKER)
    try:
        with transaction.atomic():
            appeal_debt(by=by, debt_id=debt_id, words=request.POST.get("words", ""))
        messages.success(request, gettext("Thank you. Somebody will look at it again."))
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("payments:owed")


@signed_in
@never_cache
@require_safe
def my_credits(request: Request) -> HttpResponse:
    """Show a customer what they may spend here, and until when."""
    by = actor_of(request, role=Role.CUSTOMER)
    context = {"credits": credits_of(by)[:SHOWN], "zone": request.tenant.timezone}
    return render(request, "payments/credits.html", context)
