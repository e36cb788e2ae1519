"""The office's page about what the business takes: rules, their effect, adding and ending one."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from kernel.actor import Role
from kernel.errors import Refusal
from kernel.money import Money
from marketplace.bookings.actions.set_rule import end_rule, set_rule
from marketplace.bookings.forms import RuleForm
from marketplace.bookings.queries.effects import effects_at
from marketplace.bookings.queries.prices import rules_now
from tenants.tenancy.access import Request, actor_of
from tenants.tenancy.forms import show_refusal, tell_refusal

FIELDS = {
    "rate_bp": "rate",
    "min_minor": "least",
    "max_minor": "most",
    "valid_from": "starts_on",
    "valid_to": "ends_on",
}


@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request: Request) -> HttpResponse:
    """Show what the business takes and what that makes of its prices; store a new rule."""
    by = actor_of(request, role=Role.OWNER)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                set_rule(by=by, fields=form.fields_asked())
        except Refusal as refusal:
            named = [FIELDS.get(each, each) for each in refusal.details.get("fields", ())]
            refusal.details["fields"] = named
            show_refusal(form, refusal)
        else:
            messages.success(request, gettext("Saved. Prices that were quoted before stay."))
            return redirect("bookings_office_rules")
    currency = request.tenant.currency
    effects = effects_at()
    context = {
        "form": form,
        "rules": [
            {
                "row": row,
                "percent": row.rate_bp / 100,
                "fixed": Money(currency, row.fixed_minor) if row.fixed_minor else None,
                "least": None if row.min_minor is None else Money(currency, row.min_minor),
                "most": None if row.max_minor is None else Money(currency, row.max_minor),
                "later": bool(row.valid_from and row.valid_from > clock.now()),
            }
            for row in rules_now()
        ],
        "effects": effects,
        "losing": [each for each in effects if each.loses],
        "zone": request.tenant.timezone,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "bookings/office/rules.html", context, status=status)


@require_POST
def rule_end(request: Request, rule_id: UUID) -> HttpResponse:
    """End a rule now."""
    by = actor_of(request, role=Role.OWNER)
    try:
        with transaction.atomic():
            end_rule(by=by, rule_id=rule_id)
    except Refusal as refusal:
        tell_refusal(request, refusal)
    return redirect("bookings_office_rules")
