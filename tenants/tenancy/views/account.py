"""A tenant's host: leaving to sign in, arriving, and my account here."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tenants.tenancy.access import (
    Request,
    is_strong,
    me,
    recently_proved,
    record_id,
    roles,
    sign_in,
    sign_out,
    signed_in,
)
from tenants.tenancy.actions.edit_person import choose_language, edit_name
from tenants.tenancy.actions.end_sessions import end_session, end_sessions
from tenants.tenancy.actions.hand_off import arrive as use_handoff
from tenants.tenancy.actions.hand_off import fresh_secret
from tenants.tenancy.forms import NameForm
from tenants.tenancy.models import Domain
from tenants.tenancy.queries import address, hostname, sessions_of
from tenants.tenancy.rules.handoff import STATE_LIVES, needs_second_factor, safe_next

LANGUAGES = {code for code, _ in settings.LANGUAGES}


@never_cache
def login(request: Request) -> HttpResponseBase:
    """Send a person to the auth host, remembering in a cookie that it was this browser."""
    path = safe_next(request.GET.get("next"))
    enough = is_strong(request) or not needs_second_factor(path)
    other = {"other": "1"} if "other" in request.GET else {}
    if request.user.is_authenticated and enough and not other:
        return redirect(path)
    return _leave(request, path, other)


@never_cache
def confirm(request: Request) -> HttpResponseBase:
    """Send a person to the auth host to prove once more who they are, and back to a page here."""
    path = safe_next(request.GET.get("next"))
    if request.user.is_authenticated and recently_proved(request):
        return redirect(path)
    return _leave(request, path, {"confirm": "1"})


def _leave(request: Request, path: str, wishes: dict[str, str]) -> HttpResponse:
    state = fresh_secret()
    asked = {
        "tenant": request.tenant.slug,
        "state": state,
        "next": path,
        "lang": get_language() or "",
        **wishes,
    }
    response = redirect(address(f"/handoff/?{urlencode(asked)}", serves=Domain.AUTH))
    response.set_cookie(
        settings.HANDOFF_COOKIE_NAME,
        state,
        max_age=int(STATE_LIVES.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
def arrive(request: HttpRequest) -> HttpResponseBase:
    """Begin a session here for whoever comes from the auth host with a fresh code."""
    arrival = use_handoff(
        code=request.GET.get("code", ""),
        state=request.COOKIES.get(settings.HANDOFF_COOKIE_NAME, ""),
        host=hostname(request.get_host()),
    )
    sign_in(request, arrival.user, strong=arrival.strong, proved_at=arrival.proved_at)
    response = redirect(arrival.next_path)
    response.delete_cookie(settings.HANDOFF_COOKIE_NAME)
    if arrival.user.locale in LANGUAGES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, arrival.user.locale, samesite="Lax")
    return response


def logout(request: HttpRequest) -> HttpResponse:
    """Ask whether to sign out, and do it."""
    if request.method == "POST":
        sign_out(request)
        return redirect("/")
    return render(request, "tenancy/logout.html")


@never_cache
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Show a person who they are here, and let them say what to call them."""
    user = me(request)
    known = {"first_name": user.first_name, "last_name": user.last_name}
    form = NameForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        edit_name(user=user, **form.cleaned_data)
        return redirect("tenancy:account")
    context = {
        "form": form,
        "roles": sorted(roles(request)),
        "sessions": sessions_of(user.pk),
        "this_session": record_id(request),
        "house": address("/", serves=Domain.AUTH),
        "languages": settings.LANGUAGES,
    }
    return render(request, "tenancy/account.html", context)


@require_POST
@signed_in
def language(request: HttpRequest) -> HttpResponse:
    """Remember which language a person reads."""
    response = redirect("tenancy:account")
    if (chosen := request.POST.get("language", "")) in LANGUAGES:
        choose_language(user=me(request), locale=chosen)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, samesite="Lax")
    return response


@require_POST
@signed_in
def end(request: HttpRequest, record: UUID) -> HttpResponse:
    """End one of the person's sessions."""
    if record == record_id(request):
        sign_out(request)
        return redirect("/")
    end_session(user=me(request), record_id=record)
    return redirect("tenancy:account")


@require_POST
@signed_in
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of the person's sessions but this one."""
    end_sessions(user=me(request), except_for=record_id(request))
    return redirect("tenancy:account")
