"""Monthly statements: a worker's own, and the office's view of all."""

from base64 import b64encode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.actor import Role
from kernel.errors import NotFound
from payments.models import Statement
from payments.queries.statement_copies import copy_of, languages_of
from payments.queries.statements import all_statements, names_of, statement_of, statements_of
from payments.views.receipts import attachment
from tenants.tenancy.access import Request, actor_of, demand_proof, office_actor_of, signed_in

PAGE = 30


@signed_in
@never_cache
@require_safe
def statements(request: Request) -> HttpResponse:
    """List a worker's monthly statements, newest first."""
    by = actor_of(request, role=Role.WORKER)
    assert by.member_id is not None
    page = Paginator(statements_of(by.member_id), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "items": [(each, languages_of(each)) for each in page]}
    return render(request, "payments/statements.html", context)


@signed_in
@never_cache
@require_safe
def statement_file(request: Request, statement_id: UUID, form: str) -> HttpResponse:
    """Hand out a worker's statement, byte for byte as it was issued, after a proof.

    `?in=en` asks for its translation into another language, as a PDF.
    """
    demand_proof(request)
    return _file(request, statement_of(actor_of(request, role=Role.WORKER), statement_id), form)


@never_cache
@require_safe
def office_statements(request: Request) -> HttpResponse:
    """List the business's and every worker's statements, newest first."""
    rows = all_statements(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = names_of([each.owner_id for each in page])
    items = [(each, people.get(each.owner_id), languages_of(each)) for each in page]
    context = {"page": page, "items": items}
    return render(request, "payments/office/statements.html", context)


@never_cache
@require_safe
def office_statement_file(request: Request, statement_id: UUID, form: str) -> HttpResponse:
    """Hand out any statement to the office, byte for byte as it was issued, after a proof."""
    demand_proof(request)
    return _file(request, statement_of(office_actor_of(request), statement_id), form)


def _file(request: Request, statement: Statement, form: str) -> HttpResponse:
    if form not in ("pdf", "csv"):
        raise NotFound(what="file")
    language = request.GET.get("in", "")
    if language and form == "pdf" and language in dict(languages_of(statement)):
        name = f"{statement.month:%Y-%m}-{language}"
        return attachment(copy_of(statement, language=language), name, form)
    response = attachment(bytes(getattr(statement, form)), f"{statement.month:%Y-%m}", form)
    response["Repr-Digest"] = _digest(getattr(statement, f"{form}_sha256"))
    return response


def _digest(sha256: str) -> str:
    """Return a digest as HTTP writes it (RFC 9530)."""
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
