"""The auth host, for those who run the machines: two of them let a locked-out person begin anew."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel.actor import Actor, Role
from kernel.errors import Conflict, NotFound, Refusal
from tenants.tenancy.access import Request, roles, signed_in
from tenants.tenancy.actions.recover import ask_recovery, confirm_recovery, drop_recovery
from tenants.tenancy.forms import RecoveryForm, beside, show_refusal
from tenants.tenancy.queries import member, open_recoveries
from tenants.tenancy.views.factors import factor_first
from tenants.tenancy.views.signing_in import proved_strongly


def for_operators(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in whoever works for the house and has just proved it with a second factor."""

    @wraps(view)
    @never_cache
    @signed_in
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = roles(request).get(Role.STAFF)
        if found is None:
            raise NotFound(what="page")
        if not proved_strongly(request):
            known = is_mfa_enabled(request.user)
            step = reverse("mfa_reauthenticate" if known else "mfa_activate_totp")
            return redirect(f"{step}?{urlencode({'next': request.get_full_path()})}")
        by = Actor(role=Role.STAFF, member_id=found.pk)
        return view(request, by, *args, **kwargs)

    return guarded


@for_operators
@require_http_methods(["GET", "HEAD", "POST"])
def recoveries(request: Request, by: Actor) -> HttpResponseBase:
    """List who waits for a second operator, and take a new wish."""
    if request.method == "POST":
        return _ask(request, by)
    return _show(request, by, RecoveryForm())


@factor_first(back="operator_recoveries")
def _ask(request: Request, by: Actor) -> HttpResponseBase:
    form = RecoveryForm(request.POST)
    if form.is_valid():
        try:
            ask_recovery(by=by, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Asked. Now another operator has to confirm it."))
            return redirect("operator_recoveries")
    return _show(request, by, form, status=422)


def _show(request: Request, by: Actor, form: RecoveryForm, *, status: int = 200) -> HttpResponse:
    assert by.member_id
    context = {
        "form": form,
        "rows": open_recoveries(),
        "mine": member(by.member_id).user_id,
        "zone": request.tenant.timezone,
    }
    return render(request, "tenancy/operator/recoveries.html", context, status=status)


@for_operators
@require_POST
@factor_first(back="operator_recoveries")
def recovery_step(request: Request, by: Actor, recovery_id: UUID, step: str) -> HttpResponse:
    """Confirm another operator's wish, or drop one."""
    try:
        if step == "confirm":
            confirm_recovery(by=by, recovery_id=recovery_id)
            said = gettext("Done. Their second step is gone, and their money rests for 72 hours.")
        elif step == "drop":
            drop_recovery(by=by, recovery_id=recovery_id)
            said = gettext("Dropped.")
        else:
            raise NotFound(what="step")
    except Conflict as refusal:
        messages.error(request, beside(refusal).messages[0])
    else:
        messages.success(request, said)
    return redirect("operator_recoveries")
