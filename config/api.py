"""The HTTP API: mounts each floor's router, and says no in problem+json (RFC 9457)."""

import importlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from config.refusals import explain
from kernel.errors import Refusal
from tenants.tenancy.access import by_key_or_session, remember_refusal

api = NinjaAPI(
    title="Oficio",
    version="1",
    description="Everything a marketplace does, for programs. Errors are problem+json.",
    auth=by_key_or_session,
    urls_namespace="api",
)

for floor in settings.FLOORS:
    package = importlib.import_module(floor)
    if module_has_submodule(package, "api"):
        api.add_router("", importlib.import_module(f"{floor}.api").router)


def problem(
    request: HttpRequest, *, status: int, code: str, title: str, details: dict[str, Any]
) -> HttpResponse:
    """Answer with a problem document, and undo what the request had done."""
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    body = {"type": code, "title": title, "status": status, "details": details}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Turn a refusal into a problem document."""
    remember_refusal(request, refusal)
    response = problem(
        request,
        status=refusal.status,
        code=refusal.code,
        title=explain(refusal),
        details=refusal.details,
    )
    if wait := refusal.details.get("retry_after_seconds"):
        response["Retry-After"] = str(wait)
    return response


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the fields that do not fit the schema."""
    fields = [
        {"field": ".".join(str(part) for part in each["loc"][1:]), "problem": each["msg"]}
        for each in error.errors
    ]
    title = gettext("The request does not fit its schema.")
    return problem(request, status=422, code="invalid", title=title, details={"fields": fields})


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask to sign in, or for a key."""
    return problem(request, status=401, code="sign_in", title=gettext("Sign in first."), details={})


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that there is nothing here."""
    return nothing_there(request)


@csrf_exempt
def nothing_there(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer, in the reader's language, for an address that the API does not have."""
    title = gettext("We could not find that.")
    return problem(request, status=404, code="not_found", title=title, details={})


@api.exception_handler(HttpError)
def plain(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Wrap errors of the framework itself, such as a body that is not JSON."""
    return problem(request, status=error.status_code, code="invalid", title=str(error), details={})
