"""A worker's bank account, where the business pays by transfers from its own bank."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel.actor import Role
from kernel.errors import Refusal
from payments.actions.give_account import give_account
from payments.forms import BankAccountForm
from payments.models import Payee
from payments.queries import payee_for
from payments.rules.bank_accounts import kind_in
from tenants.tenancy.access import Request, actor_of, demand_proof, kept_fields, signed_in
from tenants.tenancy.forms import show_refusal


def _say_saved(request: Request, payee: Payee) -> None:
    """Tell that it is saved, and when somebody has to look at it before it is paid."""
    if payee.doubt:
        messages.warning(request, gettext("Saved. Before it is paid, the team looks at it."))
    else:
        messages.success(request, gettext("Your bank account is saved."))


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bank_account(request: Request) -> HttpResponse:
    """Take the number of a worker's account; who changes it has just proved who they are."""
    by = actor_of(request, role=Role.WORKER)
    assert by.member_id is not None
    kind = kind_in(request.tenant.country)
    if request.method != "POST":
        form = BankAccountForm(initial=kept_fields(request), kind=kind)
    else:
        form = BankAccountForm(request.POST, kind=kind)
        if form.is_valid():
            demand_proof(request)
            try:
                payee = give_account(by=by, **form.cleaned_data)
            except Refusal as refusal:
                show_refusal(form, refusal)
            else:
                _say_saved(request, payee)
                return redirect("payments:account")
    context = {"form": form, "payee": payee_for(by.member_id)}
    status = 422 if form.errors else 200
    return render(request, "payments/bank_account.html", context, status=status)
