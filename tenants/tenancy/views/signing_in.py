"""The auth host: a code to an e-mail or a phone, a second factor, and on to where one came from."""

import time
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.errors import NotFound, Refusal
from tenants.tenancy.access import Request, me, record_id, renew_session, sign_out, signed_in
from tenants.tenancy.actions.count_code import count_code_request
from tenants.tenancy.actions.edit_person import edit_name
from tenants.tenancy.actions.factors import note_factor_change
from tenants.tenancy.actions.hand_off import hand_off
from tenants.tenancy.actions.note_security import note_step_up_failed
from tenants.tenancy.forms import LoginForm, NameForm, tell_refusal
from tenants.tenancy.models import Domain, Tenant
from tenants.tenancy.queries import (
    address,
    money_holds_of,
    origin_of,
    proofs_of,
    sessions_anywhere,
    tenant_named,
)
from tenants.tenancy.rules.contacts import masked
from tenants.tenancy.rules.handoff import STRONG_LIVES, SecondFactorNeeded, safe_next
from tenants.tenancy.rules.proof import is_recent, latest_proof


def wanted(request: HttpRequest) -> str:
    """Return where the person wants to go on this host.

    Between the first step of signing in and the second, allauth keeps it, and not the address.
    """
    asked = request.POST.get("next") or request.GET.get("next")
    if not asked and (begun := unstash_login(request, peek=True)) is not None:
        asked = begun.redirect_url
    return safe_next(asked)


def place_of(request: HttpRequest) -> Tenant | None:
    """Return the marketplace that somebody is signing in for, as the way back says."""
    asked = urlsplit(wanted(request)) if request.path != "/handoff/" else None
    found = parse_qs(asked.query) if asked else request.GET.dict()
    slug = found.get("tenant", "")
    try:
        return tenant_named(slug[0] if isinstance(slug, list) else slug)
    except NotFound:
        return None


class ForPlace:
    """A page that looks like the marketplace it signs in for, and may lead back to its host."""

    request: Request

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Show whose marketplace this is for."""
        context: dict[str, Any] = super().get_context_data(**options)  # type: ignore[misc]  # A mixin.
        place = place_of(self.request)
        shown = {"place": place, "tenant": place or self.request.tenant}
        return {**context, **shown, "next": wanted(self.request)}

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """Let the form's answer redirect to the marketplace's host."""
        response: HttpResponseBase = super().dispatch(  # type: ignore[misc]  # A mixin.
            request, *args, **options
        )
        return let_return(request, response)


def let_return(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Allow forms of this page to end at the marketplace that the person came from."""
    if (place := place_of(request)) is not None:
        allowed = {"form-action": origin_of(place)}
        response._csp_update = allowed  # type: ignore[attr-defined]  # Read by django-csp.
    return response


class AskForCode(ForPlace, RequestLoginCodeView):
    """Asks where to send a code. Whoever has no account gets one by using the code."""

    template_name = "tenancy/login.html"

    def get_form_class(self) -> type[LoginForm]:
        """Use our one field instead of allauth's two."""
        return LoginForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Read phone numbers as they are written where the marketplace is."""
        place = place_of(self.request)
        region = place.country if place else self.request.tenant.country
        return {**super().get_form_kwargs(), "region": region, "ip": get_client_ip(self.request)}

    def get_initial(self) -> dict[str, Any]:
        """Fill in the address that the person has just given elsewhere."""
        return {"contact": self.request.GET.get("contact", "")}


class EnterCode(ForPlace, ConfirmLoginCodeView):
    """Takes the code: three tries, ten minutes."""

    template_name = "tenancy/code.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Tell where the code went."""
        context = super().get_context_data(**options)
        return {**context, "sent_to": masked(context["email"] or context["phone"] or "")}

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """After the last try, begin again without forgetting where to go."""
        response = super().form_invalid(form)
        if response.status_code == 302:
            return redirect(f"{response.url}?next={quote(wanted(self.request))}")
        return response

    def _resend_form_valid(self, form: Any) -> HttpResponseBase:
        """Send another code, if there were not too many."""
        process: LoginCodeVerificationProcess = self._process
        contact = process.state.get("email") or process.state.get("phone")
        try:
            count_code_request(contact=contact, ip=get_client_ip(self.request))
        except Refusal as refusal:
            tell_refusal(self.request, refusal)
            return redirect(self.passthrough_next_url(self.request.path))
        return super()._resend_form_valid(form)


class EnterSecondFactor(ForPlace, AuthenticateView):
    """Takes the code of an authenticator app, or a recovery code."""

    template_name = "tenancy/second_factor.html"


class EnterSecondFactorAgain(ForPlace, ReauthenticateView):
    """Takes the code once more: it has been a while."""

    template_name = "tenancy/second_factor.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Offer a code to a contact where that is as good: for a proof, not for the office."""
        context = super().get_context_data(**options)
        return {**context, "by_code": "confirm=1" in wanted(self.request)}

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Note that whoever sits there does not have the app of the person who signed in."""
        note_step_up_failed(user=me(self.request), way="app")
        return super().form_invalid(form)


class SetUpSecondFactor(ForPlace, ActivateTOTPView):
    """Ties an authenticator app to the account."""

    template_name = "tenancy/set_up_second_factor.html"

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """Who has one already is asked for it instead."""
        if request.user.is_authenticated and is_mfa_enabled(request.user):
            return redirect(f"{reverse('mfa_reauthenticate')}?next={quote(wanted(request))}")
        if request.user.is_authenticated and not proved_lately(request):
            return redirect(f"{reverse('account_confirm')}?next={quote(request.get_full_path())}")
        return super().dispatch(request, *args, **options)

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Show the secret also as text, in groups of four."""
        context = super().get_context_data(**options)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return {**context, "secret": " ".join(groups)}

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Count the code just typed as the second factor of this session."""
        response: HttpResponseBase = super().form_valid(form)
        user = self.request.user
        record_authentication(self.request, user, "mfa", type="totp", reauthenticated=True)
        note_factor_change(user=me(self.request), this_session=record_id(self.request))
        renew_session(self.request)
        return response

    def get_success_url(self) -> str:
        """Go on to the recovery codes."""
        return f"{reverse('mfa_view_recovery_codes')}?next={quote(wanted(self.request))}"


class RecoveryCodes(ForPlace, ViewRecoveryCodesView):
    """Shows the codes that replace a lost phone."""

    template_name = "tenancy/recovery_codes.html"

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """Show them only to somebody who has just proved who they are."""
        if request.user.is_authenticated and not proved_lately(request):
            return redirect(f"{reverse('account_confirm')}?next={quote(request.get_full_path())}")
        return super().dispatch(request, *args, **options)


def begin_again(request: HttpRequest) -> HttpResponse:
    """Forget a sign-in that was begun, to use another address."""
    clear_login(request)
    return redirect(f"{reverse('account_login')}?next={quote(wanted(request))}")


@signed_in
def name(request: Request) -> HttpResponseBase:
    """Ask what to call the person, once."""
    user = me(request)
    known = {"first_name": user.first_name, "last_name": user.last_name}
    form = NameForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        edit_name(user=user, **form.cleaned_data)
        return redirect(wanted(request))
    place = place_of(request)
    context = {"form": form, "next": wanted(request), "tenant": place or request.tenant}
    return let_return(request, render(request, "tenancy/name.html", context))


@signed_in
def handoff(request: HttpRequest) -> HttpResponseBase:
    """Send a signed-in person to a marketplace's host, where they arrive signed in."""
    here = request.get_full_path()
    if not me(request).first_name:
        return redirect(f"{reverse('account_name')}?next={quote(here)}")
    if "confirm" in request.GET and not proved_lately(request):
        return redirect(f"{reverse('account_confirm')}?next={quote(here)}")
    try:
        to = hand_off(
            user=me(request),
            slug=request.GET.get("tenant", ""),
            state=request.GET.get("state", ""),
            next_path=request.GET.get("next", ""),
            strong=proved_strongly(request),
            proved_at=last_proof(request),
        )
    except SecondFactorNeeded:
        known = is_mfa_enabled(request.user)
        step = "mfa_reauthenticate" if known else "mfa_activate_totp"
        return redirect(f"{reverse(step)}?next={quote(here)}")
    return redirect(to)


def proved_strongly(request: HttpRequest) -> bool:
    """Tell whether this person gave a second factor here a short while ago."""
    oldest = time.time() - STRONG_LIVES.total_seconds()
    records = get_authentication_records(request, request.user)
    return any(each["method"] == "mfa" and each["at"] >= oldest for each in records)


def last_proof(request: HttpRequest) -> datetime | None:
    """Return when this person last proved here who they are, in a way that money accepts."""
    user = me(request)
    return latest_proof(
        get_authentication_records(request, user),
        email=user.email,
        phone=user.phone,
        counts=proofs_of(user.pk),
    )


def proved_lately(request: HttpRequest) -> bool:
    """Tell whether that was in the last minutes."""
    return is_recent(last_proof(request), at=clock.system_now())


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show a person their account at the house: contacts, second factor, sessions here."""
    context = {
        "second_factor": is_mfa_enabled(request.user),
        "sessions": sessions_anywhere(me(request).pk),
        "this_session": record_id(request),
        "holds": money_holds_of(me(request).pk),
        "platform": address("/", serves=Domain.PLATFORM),
    }
    return render(request, "tenancy/house_account.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out of the auth host."""
    sign_out(request)
    return redirect("account_login")


def inactive(request: HttpRequest) -> HttpResponse:
    """Tell that an account was closed."""
    return render(request, "tenancy/inactive.html", status=403)


LANGUAGES = {code for code, _ in settings.LANGUAGES}


def speak(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Keep speaking the language that the marketplace spoke."""
    if (language := request.GET.get("lang", "")) in LANGUAGES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response


def hand_over(request: HttpRequest) -> HttpResponseBase:
    """Take somebody from a marketplace's host, sign them in if need be, and send them back."""
    return speak(request, (somebody_else if "other" in request.GET else handoff)(request))


def somebody_else(request: HttpRequest) -> HttpResponseBase:
    """Ask who is signed in here to make room for another account, then go on."""
    asked = request.GET.copy()
    del asked["other"]
    if request.user.is_authenticated:
        if request.method != "POST":
            return render(request, "tenancy/somebody_else.html", {"place": place_of(request)})
        sign_out(request)
    return redirect(f"{request.path}?{asked.urlencode()}")
