"""What payments puts on other pages: a worker's money, the promise, the office's payouts."""

from datetime import timedelta

from django.http import HttpRequest

from kernel import clock
from kernel.actor import Actor
from kernel.money import Money
from kernel.panels import Rendered, panel
from payments.queries import (
    cash_out_quote,
    is_active_payee,
    open_payouts,
    promise_figures,
    wallet_of,
)
from tenants.tenancy.models import Tenant

PROMISE_DAYS = 90
NEXT_PAYOUTS = 10


@panel("work_home", order=20)
def my_money(request: HttpRequest, subject: Actor) -> Rendered:
    """Show a worker what can be cashed out now."""
    if subject.member_id is None:
        return None
    wallet, answer = wallet_of(subject), cash_out_quote(subject)
    context = {
        "wallet": wallet,
        "quote": answer,
        "allowed": Money(wallet.currency, answer.allowed_minor),
        "active": is_active_payee(subject.member_id),
    }
    return "payments/panels/work_home.html", context


@panel("promise", order=20)
def where_it_goes(request: HttpRequest, subject: Tenant) -> Rendered:
    """Show everybody what the workers get, from what really happened."""
    figures = promise_figures(clock.now() - timedelta(days=PROMISE_DAYS))
    context = {
        "figures": figures,
        "share": _percent(figures.worker_share_bp),
        "tips": _percent(figures.tips_passed_bp),
        "free": _percent(figures.free_cash_outs_bp),
    }
    return "payments/panels/promise.html", context


def _percent(basis_points: int | None) -> int | None:
    return None if basis_points is None else round(basis_points / 100)


@panel("office_home", order=60)
def next_payouts(request: HttpRequest, subject: Tenant) -> Rendered:
    """Show the office which cash-outs are on their way."""
    context = {"payouts": open_payouts()[:NEXT_PAYOUTS], "zone": subject.timezone}
    return "payments/panels/office_home.html", context
