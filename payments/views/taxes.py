"""The office's page about taxes: which apply, the country's draft, changing and ending one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel.actor import Role
from kernel.errors import Refusal
from kernel.money import Money
from payments.actions.set_tax import adopt_profile, end_tax, set_tax
from payments.forms import TaxForm
from payments.queries.taxes import line_name, tax_lines, tax_rules
from payments.rules.tax_profiles import draft_of
from tenants.tenancy.access import Request, actor_of
from tenants.tenancy.forms import show_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def taxes_page(request: Request) -> HttpResponse:
    """Show the taxes that apply, and store a new one or a new version."""
    by = actor_of(request, role=Role.OWNER)
    form = TaxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                set_tax(by=by, line=form.line(request.tenant.currency))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Prices quoted before stay as they were."))
            return redirect("payments_taxes")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "payments/office/taxes.html", _context(request, form), status=status)


def _context(request: Request, form: TaxForm) -> dict[str, Any]:
    currency, tenant = request.tenant.currency, request.tenant
    rules = [
        {
            "row": row,
            "name": line_name(row.line),
            "percent": row.rate_bp / 100,
            "above": Money(currency, row.threshold_minor) if row.threshold_minor else None,
        }
        for row in tax_rules()
    ]
    return {
        "form": form,
        "rules": rules,
        "in_force": tax_lines(),
        "draft": [(line, line_name(line), line.rate_bp / 100) for line in draft_of(tenant.country)],
    }


@require_POST
def adopt(request: Request) -> HttpResponse:
    """Take over the draft of the country."""
    adopt_profile(by=actor_of(request, role=Role.OWNER))
    return redirect("payments_taxes")


@require_POST
def tax_end(request: Request, tax_id: UUID) -> HttpResponse:
    """End a tax today."""
    end_tax(by=actor_of(request, role=Role.OWNER), tax_id=tax_id)
    return redirect("payments_taxes")
