"""The auth host: moving to another contact, ending sessions, and saying "this was not me"."""

from uuid import UUID

from allauth.core.internal.httpkit import get_client_ip
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel.errors import Refusal
from tenants.tenancy.access import Request, me, record_id, renew_session, sign_out, signed_in
from tenants.tenancy.actions.change_contact import ask_contact, change_contact
from tenants.tenancy.actions.doubt_change import doubt_change
from tenants.tenancy.actions.end_sessions import end_anywhere, end_everywhere
from tenants.tenancy.actions.hand_off import hashed
from tenants.tenancy.forms import CONTACT_FORMS, CodeForm, show_refusal
from tenants.tenancy.queries import alert_with, waiting_code
from tenants.tenancy.rules.contacts import masked
from tenants.tenancy.views.proving import confirmed_first


@never_cache
@signed_in
@confirmed_first
def contact(request: Request, kind: str) -> HttpResponseBase:
    """Ask for the e-mail address or phone that the account is to have, and send a code there."""
    if kind not in CONTACT_FORMS:
        raise Http404
    user = me(request)
    form = CONTACT_FORMS[kind](request.POST or None, region=request.tenant.country)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["contact"]
        ip, locale = get_client_ip(request), get_language() or ""
        try:
            ask_contact(user=user, kind=kind, to=to, locale=locale, ip=ip)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("account_contact_code", kind=kind)
    context = {"form": form, "kind": kind, "current": getattr(user, kind) or ""}
    status = 422 if form.errors else 200
    return render(request, "tenancy/contact.html", context, status=status)


@never_cache
@signed_in
@confirmed_first
def contact_code(request: Request, kind: str) -> HttpResponseBase:
    """Take the code that was sent to the new contact; with it the account moves there."""
    user = me(request)
    waiting = waiting_code(user.pk, kind)
    form = CodeForm(request.POST or None)
    if waiting is None:
        return redirect("account_contact", kind=kind)
    if request.method == "POST" and form.is_valid():
        typed, mine = form.cleaned_data["code"], record_id(request)
        try:
            outcome = change_contact(user=user, kind=kind, code=typed, this_session=mine)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            if outcome.ok:
                return _changed(request)
            form.say_wrong(outcome)
    context = {"form": form, "kind": kind, "sent_to": masked(waiting.sent_to)}
    status = 422 if form.errors else 200
    return render(request, "tenancy/contact_code.html", context, status=status)


def _changed(request: HttpRequest) -> HttpResponse:
    renew_session(request)
    said = gettext("Changed. You are signed out everywhere else, and money waits for 48 hours.")
    messages.success(request, said)
    return redirect("mfa_index")


@require_POST
@signed_in
def end(request: HttpRequest, record: UUID) -> HttpResponse:
    """End one of the person's sessions, on whichever host it is."""
    if record == record_id(request):
        sign_out(request)
        return redirect("account_login")
    end_anywhere(user=me(request), record_id=record)
    return redirect("mfa_index")


@require_POST
@signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of the person's sessions but this one, on every host."""
    end_everywhere(user=me(request), except_for=record_id(request))
    return redirect("mfa_index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what changed; only a press on the button does something about it.

    Whoever has the message may do this, signed in or not: mail programs open links by themselves.
    """
    if request.method == "POST":
        alert = doubt_change(secret=secret)
        if request.user.is_authenticated and me(request).pk == alert.user_id:
            sign_out(request)
    else:
        alert = alert_with(hashed(secret))
    return render(request, "tenancy/not_me.html", {"alert": alert})
