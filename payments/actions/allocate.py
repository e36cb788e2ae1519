"""Money that is to be moved to a payee's own account at the provider."""

from uuid import UUID

from django.db.models import Max

from payments.actions.open_payee import payee_of
from payments.models import Allocation, Earning, Payment


def allocate(
    *,
    payment: Payment,
    member_id: UUID,
    purpose: str,
    amount_minor: int,
    earning: Earning | None = None,
) -> Allocation:
    """Write down money of a payment that is to be moved, as its next part of this purpose.

    Call it with the earning, the tip or the hold locked: parts are counted.
    """
    parts = Allocation.objects.filter(payment=payment, purpose=purpose)
    last = parts.aggregate(last=Max("part"))["last"] or 0
    return Allocation.objects.create(
        payee=payee_of(member_id),
        payment=payment,
        earning=earning,
        purpose=purpose,
        part=last + 1,
        currency=payment.currency,
        amount_minor=amount_minor,
    )
