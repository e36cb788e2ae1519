"""A worker's payout account, which lives at the provider."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.actor import Role
from payments.actions.onboard import catch_up_payee, onboarding_link
from payments.queries import may_change_rail, payee_for
from payments.queries.payees import BY_BANK
from payments.queries.providers import paid_by_hand
from tenants.tenancy.access import Request, actor_of, demand_proof, signed_in


@signed_in
@never_cache
@require_safe
def account(request: Request) -> HttpResponse:
    """Show whether the worker can be paid, where to, and what is missing."""
    by = actor_of(request, role=Role.WORKER)
    assert by.member_id is not None
    payee = payee_for(by.member_id)
    context = {
        "payee": payee,
        "own_bank": payee.provider == BY_BANK if payee else paid_by_hand(),
        "may_change_rail": may_change_rail(payee),
        "zone": request.tenant.timezone,
    }
    return render(request, "payments/account.html", context)


@transaction.non_atomic_requests
@signed_in
@never_cache
@require_safe
def account_open(request: Request) -> HttpResponse:
    """Send the worker to the provider's own form; the link is made at the click and works once.

    A link and not a form: the content security policy lets forms lead nowhere else.
    """
    by = actor_of(request, role=Role.WORKER)
    demand_proof(request)
    return redirect(onboarding_link(by=by))


@transaction.non_atomic_requests
@signed_in
@never_cache
@require_safe
def account_return(request: Request) -> HttpResponse:
    """Welcome the worker back: look at the provider what became of it."""
    by = actor_of(request, role=Role.WORKER)
    assert by.member_id is not None
    catch_up_payee(member_id=by.member_id)
    return redirect("payments:account")
