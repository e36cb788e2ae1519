"""A worker's wallet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.actor import Role
from kernel.money import Money
from payments.queries import (
    cash_out_quote,
    earning_lines,
    next_sweep_at,
    open_freeze_of,
    payee_for,
    payouts_of,
    wallet_of,
)
from tenants.tenancy.access import Request, actor_of, signed_in

LINES, PAYOUTS = 30, 5


@signed_in
@never_cache
@require_safe
def wallet(request: Request) -> HttpResponse:
    """Show what can be cashed out now, what is on its way, and each job's money."""
    by = actor_of(request, role=Role.WORKER)
    assert by.member_id is not None
    owned, answer = wallet_of(by), cash_out_quote(by)
    context = {
        "wallet": owned,
        "quote": answer,
        "allowed": Money(owned.currency, answer.allowed_minor),
        "payee": payee_for(by.member_id),
        "lines": earning_lines(by, limit=LINES),
        "payouts": payouts_of(by)[:PAYOUTS],
        "freeze": open_freeze_of(by.member_id),
        "next_sweep_at": next_sweep_at(),
        "resting": [each for each in answer.reasons if each.code.startswith("resting_")],
        "waiting": [each for each in answer.reasons if not each.code.startswith("resting_")],
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/wallet.html", context)
