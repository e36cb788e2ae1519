"""Questions about cash: what a worker owes of it, and whether one more visit may be paid in it."""

from uuid import UUID

from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Payment
from payments.queries.wallet import balance_of
from payments.rules.cash import CashStanding, owed_of
from payments.tenant_settings import CashSettings
from tenants.tenancy.queries import here, settings_of

CASH = "cash"


def cash_standing(member_id: UUID) -> CashStanding:
    """Return what a worker owes, and will owe of the visits that are booked in cash."""
    currency = here().currency
    promised = Payment.objects.filter(provider=CASH, worker_id=member_id, state="authorised")
    amounts = [
        (each.amount_minor, int(each.parts.get("worker", 0)))
        for each in promised.only("amount_minor", "parts")
    ]
    return CashStanding(
        owed_minor=balance_of(member_id, "worker_receivable", currency).minor,
        promised_minor=owed_of(amounts),
        limit_minor=settings_of(CashSettings).limit_minor,
    )


def takes_cash(member_id: UUID, *, rest: Money) -> bool:
    """Tell whether a worker may take one more visit in cash, of which `rest` would be owed."""
    return cash_standing(member_id).takes(rest.minor)


def cash_payment(payment_id: UUID) -> Payment:
    """Return a payment that is made in cash, or say that there is none."""
    found = Payment.objects.filter(pk=payment_id, provider=CASH).first()
    if found is None:
        raise NotFound(what="payment")
    return found
