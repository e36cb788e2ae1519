"""The bank's statement beside our books: for the office, and for the house."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel.actor import Actor
from kernel.errors import Refusal
from payments.actions.import_statement import import_statement
from payments.forms import BankStatementForm
from payments.queries.bank_book import bank_book
from tenants.tenancy.access import Request, demand_proof, office_actor_of
from tenants.tenancy.forms import show_refusal

PAGE = 12


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def office_bank(request: Request) -> HttpResponse:
    """Show the bank beside our books; a post imports a statement."""
    by = office_actor_of(request)
    if request.method == "POST":
        demand_proof(request)
    return bank_page(request, by, template="payments/office/bank.html", back="payments_bank")


def bank_page(request: Request, by: Actor, *, template: str, back: str) -> HttpResponse:
    """Show what the bank says and our books do not, and the other way round."""
    posted = request.method == "POST"
    form = BankStatementForm(request.POST, request.FILES) if posted else BankStatementForm()
    if posted and form.is_valid() and _imported(request, by, form):
        return redirect(back)
    book = bank_book(by)
    context = {
        "form": form,
        "book": book,
        "page": Paginator(book.statements, PAGE).get_page(request.GET.get("page")),
        "zone": request.tenant.timezone,
    }
    return render(request, template, context, status=422 if posted else 200)


def _imported(request: Request, by: Actor, form: BankStatementForm) -> bool:
    try:
        made = import_statement(by=by, content=form.cleaned_data["statement"].read())
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    said = gettext("Lines read: {lines}. Waiting for somebody to look: {unmatched}.")
    unmatched = made.rows.filter(result="unmatched").count()
    messages.success(request, said.format(lines=made.count, unmatched=unmatched))
    return True
