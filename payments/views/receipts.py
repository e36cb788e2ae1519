"""Receipts: a person's own, and the office's view of all; as a page, a PDF and a spreadsheet."""

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.errors import NotFound
from payments.models import Receipt
from payments.queries.papers import receipt_paper, receipt_rows
from payments.queries.receipts import all_receipts, receipt_in_office, receipt_of, receipts_of
from payments.rules.paper import as_csv
from payments.rules.typeset import as_pdf
from tenants.tenancy.access import Request, demand_proof, office_actor_of, roles, signed_in

PAGE, MOST_ROWS = 30, 5_000


def _mine(request: Request) -> list[UUID]:
    return [member.pk for member in roles(request).values()]


@signed_in
@never_cache
@require_safe
def receipts(request: Request) -> HttpResponse:
    """List a person's receipts, newest first."""
    page = Paginator(receipts_of(_mine(request)), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "zone": request.tenant.timezone}
    return render(request, "payments/receipts.html", context)


@signed_in
@never_cache
@require_safe
def receipt_page(request: Request, receipt_id: UUID) -> HttpResponse:
    """Show one receipt to whoever paid or was paid."""
    found = receipt_of(_mine(request), receipt_id)
    context = {"receipt": found, "paper": receipt_paper(found), "zone": request.tenant.timezone}
    return render(request, "payments/receipt_page.html", context)


@signed_in
@never_cache
@require_safe
def receipt_file(request: Request, receipt_id: UUID, form: str) -> HttpResponse:
    """Hand out one receipt as a PDF or as a spreadsheet."""
    return as_file(receipt_of(_mine(request), receipt_id), form)


@signed_in
@never_cache
@require_safe
def receipts_file(request: Request) -> HttpResponse:
    """Hand out a person's receipts as a spreadsheet, to who has just proved who they are."""
    demand_proof(request)
    return attachment(_csv(list(receipts_of(_mine(request))[:MOST_ROWS])), "receipts", "csv")


@never_cache
@require_safe
def office_receipts(request: Request) -> HttpResponse:
    """List every receipt of the business, newest first."""
    rows = all_receipts(office_actor_of(request))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "zone": request.tenant.timezone}
    return render(request, "payments/office/receipts.html", context)


@never_cache
@require_safe
def office_receipt_file(request: Request, receipt_id: UUID, form: str) -> HttpResponse:
    """Hand out one receipt to the office, as a PDF or as a spreadsheet."""
    return as_file(receipt_in_office(office_actor_of(request), receipt_id), form)


def as_file(receipt: Receipt, form: str) -> HttpResponse:
    """Return a receipt as a file to keep."""
    if form not in _FORMS:
        raise NotFound(what="file")
    return attachment(_FORMS[form](receipt), receipt.name, form)


def attachment(body: bytes, name: str, form: str) -> HttpResponse:
    """Return bytes as a file to keep, which no browser runs."""
    kinds = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
    response = HttpResponse(body, content_type=kinds[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _pdf(receipt: Receipt) -> bytes:
    return as_pdf(receipt_paper(receipt), stamped=receipt.issued_at)


def _csv(found: list[Receipt]) -> bytes:
    return as_csv(*receipt_rows(found))


_FORMS: dict[str, Callable[[Receipt], bytes]] = {"pdf": _pdf, "csv": lambda one: _csv([one])}
