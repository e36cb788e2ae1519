"""A tip must not lie with us: two days after its job, a person is asked why it does."""

from uuid import UUID

from django.db import transaction

from payments.actions.ask_person import ask_person
from payments.models import Earning, MoneyQuestion, Tip
from payments.rules.entries import tip_ref


@transaction.atomic
def watch_tip(*, earning_id: UUID) -> list[MoneyQuestion]:
    """Ask a person about every tip of a finished job that is still held."""
    earning = Earning.objects.get(pk=earning_id)
    held = Tip.objects.filter(reference=earning.reference, state=Tip.HELD)
    return [
        ask_person(
            kind="tip_held",
            key=f"tip_held:{tip.payment_id}",
            about=tip_ref(tip.payment_id),
            amount=tip.amount,
        )
        for tip in held
    ]
