"""What payments puts on other pages: a worker's money, the office's payouts."""

from django.http import HttpRequest

from kernel.actor import Actor
from kernel.money import Money
from kernel.panels import Rendered, panel
from payments.queries import (
    cash_out_quote,
    is_active_payee,
    open_payouts,
    wallet_of,
)
from tenants.tenancy.queries import here

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


@panel("settings", order=20)
def where_taxes_are(request: HttpRequest, place: object) -> Rendered:
    """Lead from the rules of the house to taxes and to what pay means."""
    return "payments/panels/settings.html", {}


@panel("office_home", order=60)
def next_payouts(request: HttpRequest, by: Actor) -> Rendered:
    """Show the office which cash-outs are on their way."""
    context = {"payouts": open_payouts()[:NEXT_PAYOUTS], "zone": here().timezone}
    return "payments/panels/office_home.html", context
