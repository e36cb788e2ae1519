"""The auth host: a signed-in person proves once more who they are, and goes on."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from kernel.errors import Refusal
from tenants.tenancy.access import Request, me, signed_in
from tenants.tenancy.actions.prove import Destination, check_proof_code, send_proof_code
from tenants.tenancy.forms import CodeForm, show_refusal
from tenants.tenancy.models import User
from tenants.tenancy.queries import proofs_of
from tenants.tenancy.rules.contacts import masked
from tenants.tenancy.rules.proof import APP, EMAIL, PHONE
from tenants.tenancy.views.signing_in import let_return, place_of, proved_lately, wanted

CONFIRM = "confirm"
CHANNELS = {EMAIL: "email", PHONE: "sms"}


def confirmed_first(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a page of the auth host be used only by somebody who has just proved who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not proved_lately(request):
            return redirect(f"{reverse('account_confirm')}?next={quote(request.get_full_path())}")
        return view(request, *args, **kwargs)

    return guarded


@never_cache
@signed_in
def confirm(request: Request) -> HttpResponseBase:
    """Ask for a code of the person's app, or for one that is sent to a contact that may be used."""
    if proved_lately(request):
        return redirect(wanted(request))
    methods, by_code = proofs_of(me(request).pk), "code" in request.GET
    if APP in methods and not by_code:
        return redirect(f"{reverse('mfa_reauthenticate')}?next={quote(wanted(request))}")
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and "send" in request.POST:
        return _send(request, methods, form)
    if request.method == "POST" and form.is_valid():
        return _check(request, methods, form)
    return _show(request, methods, form)


def _send(request: Request, methods: tuple[str, ...], form: CodeForm) -> HttpResponseBase:
    method = request.POST["send"]
    if method not in methods or method not in CHANNELS:
        return _show(request, methods, form)
    to = _contact(me(request), method)
    destination = Destination(CHANNELS[method], to, get_language() or "")
    try:
        send_proof_code(
            user=me(request), purpose=CONFIRM, destination=destination, ip=get_client_ip(request)
        )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, methods, form, status=refusal.status)
    request.session[CONFIRM] = method
    return redirect(request.get_full_path())


def _check(request: Request, methods: tuple[str, ...], form: CodeForm) -> HttpResponseBase:
    outcome = check_proof_code(user=me(request), purpose=CONFIRM, code=form.cleaned_data["code"])
    method = request.session.get(CONFIRM)
    if not outcome.ok or method not in methods:
        form.say_wrong(outcome)
        if outcome.left == 0:
            request.session.pop(CONFIRM, None)
        return _show(request, methods, form, status=422)
    del request.session[CONFIRM]
    contact = {method: outcome.sent_to}
    record_authentication(request, me(request), "code", reauthenticated=True, **contact)
    return redirect(wanted(request))


def _show(
    request: Request, methods: tuple[str, ...], form: CodeForm, *, status: int = 200
) -> HttpResponse:
    sent_by = request.session.get(CONFIRM)
    place, user = place_of(request), me(request)
    context = {
        "tenant": place or request.tenant,
        "place": place,
        "next": wanted(request),
        "form": form,
        "app": APP in methods,
        "ways": [(each, masked(_contact(user, each))) for each in methods if each in CHANNELS],
        "sent_to": masked(_contact(user, sent_by)) if sent_by in methods else "",
        "sent_by": sent_by,
    }
    response = render(request, "tenancy/confirm.html", context, status=status)
    let_return(request, response)
    return response


def _contact(user: User, method: str) -> str:
    return (user.email if method == EMAIL else user.phone) or ""
