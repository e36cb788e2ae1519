"""Money that is to be moved to a payee's own account at the provider."""

from uuid import UUID

from django.db.models import Max

from payments.actions.open_payee import payee_of
from payments.models import Allocation, Earning, Payment
from payments.queries import rails_of


def allocate(
    *,
    payment: Payment,
    member_id: UUID,
    purpose: str,
    amount_minor: int,
    earning: Earning | None = None,
) -> Allocation | None:
    """Write down money of a payment that is to be moved, as its next part of this purpose.

    Nothing is moved to a payee whom the business pays from its own bank, and nothing of a payment
    that the payee's company never had. Call it with the earning, the tip or the hold locked: parts
    are counted.
    """
    payee = payee_of(member_id)
    if payee.provider != payment.provider or rails_of(payee).allocates_at == "never":
        return None
    parts = Allocation.objects.filter(payment=payment, purpose=purpose)
    last = parts.aggregate(last=Max("part"))["last"] or 0
    return Allocation.objects.create(
        payee=payee,
        payment=payment,
        earning=earning,
        purpose=purpose,
        part=last + 1,
        currency=payment.currency,
        amount_minor=amount_minor,
    )
