"""The auth host: taking one's own authenticator off the account, and getting new recovery codes."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tenants.tenancy.access import Request, me, record_id, renew_session, signed_in
from tenants.tenancy.actions.factors import remove_factor, renew_recovery_codes
from tenants.tenancy.rules.proof import RECENT

View = Callable[..., HttpResponseBase]


def factor_first(*, back: str) -> Callable[[View], View]:
    """Let in only who has just given the second factor itself, or one of its recovery codes.

    A code to a contact does not do: whoever reads somebody's mail must not lose them their app.
    Others give it first and come `back` to a page.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not gave_factor_lately(request):
                return redirect(f"{reverse('mfa_reauthenticate')}?next={quote(reverse(back))}")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def gave_factor_lately(request: HttpRequest) -> bool:
    """Tell whether a code of the app, or a recovery code, was typed here in the last minutes."""
    oldest = time.time() - RECENT.total_seconds()
    records = get_authentication_records(request, request.user)
    return any(each["method"] == "mfa" and each["at"] >= oldest for each in records)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def replace(request: Request) -> HttpResponseBase:
    """Say what follows from a new authenticator app; when asked to, take the old one away."""
    if not is_mfa_enabled(request.user):
        return redirect("mfa_activate_totp")
    return _replace(request)


@factor_first(back="replace_factor")
def _replace(request: Request) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "tenancy/replace_factor.html")
    remove_factor(user=me(request), this_session=record_id(request))
    renew_session(request)
    said = gettext("The old app counts no more, and money rests for 72 hours. Set up the new one.")
    messages.success(request, said)
    return redirect("mfa_activate_totp")


@never_cache
@require_POST
@signed_in
def new_codes(request: Request) -> HttpResponseBase:
    """Make new recovery codes; those before count no more."""
    if not is_mfa_enabled(request.user):
        return redirect("mfa_index")
    return _new_codes(request)


@factor_first(back="mfa_index")
def _new_codes(request: Request) -> HttpResponseBase:
    renew_recovery_codes(user=me(request), this_session=record_id(request))
    renew_session(request)
    messages.success(request, gettext("The codes before count no more. Money rests for 72 hours."))
    return redirect("mfa_view_recovery_codes")
