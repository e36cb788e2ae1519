"""Questions about cash: what a worker owes of it, and whether one more visit may be paid in it."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Earning, Payment
from payments.queries.wallet import balance_of
from payments.rules.cash import WITHHELD, CashStanding, owed_of
from payments.tenant_settings import CashSettings
from tenants.tenancy.queries import here, settings_of

CASH = "cash"


def cash_standing(member_id: UUID) -> CashStanding:
    """Return what a worker owes, and will owe of the visits that are booked in cash."""
    currency = here().currency
    divided = Earning.objects.filter(payment_id=OuterRef("pk"))
    promised = Payment.objects.filter(
        Q(state="authorised") | Q(state="captured", refunded_minor=0),
        ~Exists(divided),
        provider=CASH,
        worker_id=member_id,
    )
    amounts = [
        (each.amount_minor, _share_of(each.parts))
        for each in promised.only("amount_minor", "parts")
    ]
    return CashStanding(
        owed_minor=balance_of(member_id, "worker_receivable", currency).minor,
        promised_minor=owed_of(amounts),
        limit_minor=settings_of(CashSettings).limit_minor,
    )


def _share_of(parts: Mapping[str, int]) -> int:
    """Return what of a payment the worker keeps, once taxes are kept back."""
    return parts.get("worker", 0) - parts.get(WITHHELD, 0)


def takes_cash(member_id: UUID, *, rest: Money) -> bool:
    """Tell whether a worker may take one more visit in cash, of which `rest` would be owed."""
    return cash_standing(member_id).takes(rest.minor)


def cash_payment(payment_id: UUID) -> Payment:
    """Return a payment that is made in cash, or say that there is none."""
    found = Payment.objects.filter(pk=payment_id, provider=CASH).first()
    if found is None:
        raise NotFound(what="payment")
    return found
