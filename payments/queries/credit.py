"""Questions about what a customer can pay with credits."""

from uuid import UUID

from django.db.models import QuerySet, Sum

from kernel import clock
from kernel.money import Money
from payments.models import Credit
from payments.providers import caps_of
from payments.providers.registry import COLLECTOR
from payments.queries.providers import provider_here
from payments.rules.credit import paid_with_credit


def spendable(customer_id: UUID, currency: str) -> QuerySet[Credit]:
    """Return the credits that a customer can pay with now: what ends first is spent first."""
    rows = Credit.objects.filter(customer_id=customer_id, state=Credit.OPEN, currency=currency)
    return rows.filter(left_minor__gt=0, expires_at__gt=clock.now()).order_by("expires_at", "pk")


def credit_at_checkout(customer_id: UUID, *, amount: Money, tip: Money) -> Money:
    """Return how much of a price a customer's credits would pay now."""
    rows = spendable(customer_id, amount.currency)
    minor = paid_with_credit(
        amount=amount.minor,
        tip=tip.minor,
        credit=rows.aggregate(total=Sum("left_minor"))["total"] or 0,
        smallest=smallest_charge(provider_here(COLLECTOR), amount.currency),
    )
    return Money(amount.currency, minor)


def smallest_charge(provider: str, currency: str) -> int:
    """Return the least that a provider takes from a payer at once."""
    return caps_of(provider).smallest.get(currency, 1)
