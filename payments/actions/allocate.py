"""Money that is to be moved to a payee's own account at the provider."""

from uuid import UUID

from django.db.models import Max, Sum

from kernel.money import Money
from payments.actions.open_payee import payee_of
from payments.models import Allocation, Earning, Payee, Payment
from payments.queries import rails_of


def allocate(
    *,
    payment: Payment,
    member_id: UUID,
    purpose: str,
    amount_minor: int,
    earning: Earning | None = None,
) -> None:
    """Write down money of a payment that is to be moved, as its next part of this purpose.

    What credits paid of it has no charge to be taken from: it is moved from our own balance.
    Nothing is moved to a payee whom the business pays from its own bank, and nothing of a payment
    that the payee's company never had. Call it with the earning, the tip or the hold locked: parts
    are counted.
    """
    payee = payee_of(member_id)
    if payee.provider != payment.provider or not has_account_there(payee):
        return
    of_charge = min(amount_minor, _room(payment, purpose, amount_minor))
    for minor, from_charge in ((of_charge, True), (amount_minor - of_charge, False)):
        if minor:
            Allocation.objects.create(
                payee=payee,
                payment=payment,
                earning=earning,
                purpose=purpose,
                part=next_part(payment.pk, purpose),
                currency=payment.currency,
                amount_minor=minor,
                from_charge=from_charge,
            )


def allocate_goodwill(*, entry_id: UUID, member_id: UUID, reference: str, amount: Money) -> None:
    """Write down what the business gave a worker, to be moved from our own balance, once."""
    payee = payee_of(member_id)
    if not has_account_there(payee):
        return
    Allocation.objects.get_or_create(
        id=entry_id,
        defaults={
            "payee": payee,
            "reference": reference,
            "purpose": "goodwill",
            "currency": amount.currency,
            "amount_minor": amount.minor,
            "from_charge": False,
        },
    )


def has_account_there(payee: Payee) -> bool:
    """Tell whether a payee's money lies on an account at a company before it reaches the bank."""
    return rails_of(payee).allocates_at != "never"


def next_part(payment_id: UUID | None, purpose: str) -> int:
    """Return the number of the next part of a payment's money for a purpose."""
    if payment_id is None:
        return 1
    parts = Allocation.objects.filter(payment_id=payment_id, purpose=purpose)
    return (parts.aggregate(last=Max("part"))["last"] or 0) + 1


def _room(payment: Payment, purpose: str, wanted: int) -> int:
    """Return how much of a payment's charge can still go to whoever did the work, or the tip."""
    shared = payment.credit_minor or payment.kind == Payment.PACKAGE
    if not shared or purpose == "tip":
        return wanted
    moved = Allocation.objects.filter(payment=payment, purpose=purpose, from_charge=True)
    gone = moved.exclude(state=Allocation.DROPPED).aggregate(total=Sum("amount_minor"))["total"]
    return max(0, payment.charged_amount.minor - (gone or 0))
