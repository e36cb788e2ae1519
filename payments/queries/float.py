"""Questions about the float: what somebody lent so that workers need not wait for settlement."""

from django.db.models import F, Sum

from kernel.money import Money
from payments.models import THE_BUSINESS, Advance
from payments.queries.wallet import balance_of
from tenants.tenancy.queries import here


def float_left() -> Money:
    """Return what of the float is not lent out."""
    return balance_of(THE_BUSINESS, "operator_float", here().currency)


def lent_out() -> Money:
    """Return what of the float is with workers, not yet paid back by customers' money."""
    currency = here().currency
    open_ones = Advance.objects.filter(state__in=(Advance.DUE, Advance.SENT), currency=currency)
    rest = open_ones.aggregate(rest=Sum(F("amount_minor") - F("repaid_minor")))["rest"]
    return Money(currency, rest or 0)
