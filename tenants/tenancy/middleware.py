"""From a host to its tenant, for the whole request and no longer."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation

from kernel.actor import OFFICE
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.access import (
    is_strong,
    keep_form,
    keep_or_drop_session,
    login_address,
    me,
    roles,
)
from tenants.tenancy.models import Domain, Tenant
from tenants.tenancy.queries import at_home, domain_at
from tenants.tenancy.rules.handoff import needs_second_factor
from tenants.tenancy.rules.proof import StepUpRequired

GetResponse = Callable[[HttpRequest], HttpResponseBase]
URLS = {
    Domain.TENANT: "config.urls",
    Domain.AUTH: "config.urls_auth",
    Domain.BADGE: "config.urls_badge",
    Domain.PLATFORM: "config.urls_platform",
}


class TenantMiddleware:
    """First of all middleware: even the session is looked up inside the tenant."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            domain = domain_at(request.META.get("HTTP_HOST", ""))
        except NotFound:
            with translation.override(translation.get_language_from_request(request)):
                return HttpResponse(render_to_string("421.html"), status=421)
        request.urlconf = URLS[domain.serves]  # Django reads it.
        request.tenant = domain.tenant  # type: ignore[attr-defined]  # See `access.Request`.
        with working_for(domain.tenant_id, country=domain.tenant.country), at_home(domain.tenant):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            chunks = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _each_for(domain.tenant, chunks)
        return response


class SessionStampMiddleware:
    """After authentication: a session counts only at the host and tenant it was begun at."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        keep_or_drop_session(request)
        return self.get_response(request)


def _each_for(tenant: Tenant, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make every chunk inside the tenant: a stream is read after the middleware has returned."""
    waiting = iter(chunks)
    while True:
        with working_for(tenant.pk, country=tenant.country), at_home(tenant):
            try:
                chunk = next(waiting)
            except StopIteration:
                return
        yield chunk


class TenantLocaleMiddleware(LocaleMiddleware):
    """A marketplace speaks its own language until the visitor chooses another.

    At the house's hosts, where nobody has a language of their own, the browser's counts, and in the
    API what a program asks for.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of this request."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        tenant: Tenant = request.tenant  # type: ignore[attr-defined]  # See `access.Request`.
        program = request.path.startswith("/api/") and "Accept-Language" in request.headers
        if chosen in dict(settings.LANGUAGES) or tenant.pk == HOUSE or program:
            super().process_request(request)
        else:
            translation.activate(tenant.locale)
            request.LANGUAGE_CODE = translation.get_language()


class OfficeMiddleware:
    """The office opens for owners and staff who gave a second factor; others are turned away.

    Wagtail's own sign-in is never reached: nobody here has a password.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if needs_second_factor(request.path):
            if not request.user.is_authenticated:
                return redirect(login_address(request))
            if not any(role in roles(request) for role in OFFICE):
                return _not_of_the_office(request)
            if not is_strong(request):
                return redirect(login_address(request))
        return self.get_response(request)


class StepUpMiddleware:
    """Last of all: a page that asks for a fresh proof sends its visitor to give one, and back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Keep what was typed, and go; other mistakes are not ours."""
        if not isinstance(error, StepUpRequired):
            return None
        if request.method == "POST":
            keep_form(request)
        return redirect(error.details["url"])


def _not_of_the_office(request: HttpRequest) -> HttpResponse:
    """Say that nothing is here for this account, and how somebody of the office comes in."""
    user = me(request)
    context = {"account": user.email or user.phone, "login": login_address(request)}
    return render(request, "tenancy/office/closed.html", context, status=404)
