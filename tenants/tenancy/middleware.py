"""From a host to its tenant, for the whole request and no longer."""

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string

from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.access import keep_or_drop_session
from tenants.tenancy.models import Domain
from tenants.tenancy.queries import domain_at

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
            return HttpResponse(render_to_string("421.html"), status=421)
        request.urlconf = URLS[domain.serves]  # Django reads it.
        request.tenant = domain.tenant  # type: ignore[attr-defined]  # See `access.Request`.
        with working_for(domain.tenant_id):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            chunks = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _each_for(domain.tenant_id, chunks)
        return response


class SessionStampMiddleware:
    """After authentication: a session counts only at the host and tenant it was begun at."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        keep_or_drop_session(request)
        return self.get_response(request)


def _each_for(tenant_id: int, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Make every chunk inside the tenant: a stream is read after the middleware has returned."""
    waiting = iter(chunks)
    while True:
        with working_for(tenant_id):
            try:
                chunk = next(waiting)
            except StopIteration:
                return
        yield chunk
