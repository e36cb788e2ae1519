"""A tip after the job, of its own."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.money import Money, zero
from payments.actions.charge_card import ask_card
from payments.actions.collect import collect
from payments.models import Earning, Payment
from payments.queries.saved_cards import saved_card_of
from payments.rules.tips import NoSavedCard, check_tip

PAGE_OPEN = timedelta(hours=24)


@transaction.atomic
def tip_afterwards(
    *,
    by: Actor,
    payer_id: UUID,
    reference: str,
    worker_member_id: UUID,
    amount: Money,
    return_path: str,
    key: str,
    at_most: Money | None = None,
    with_saved_card: bool = False,
) -> Payment:
    """Let a customer tip the worker who did a job; it is the worker's as soon as it is paid.

    It goes to whoever earned the job, which after a change is not whom the caller may think. At
    most `at_most`, or else the job's whole price. A card that was kept is charged in the
    background; where its bank wants the payer, the payer is sent to the payment's page.
    """
    known = Payment.objects.filter(key=key).first()
    earning = Earning.objects.filter(reference=reference).first()
    card = saved_card_of(payer_id) if with_saved_card else None
    if known is None:
        given = Payment.objects.filter(reference=reference, kind=Payment.TIP, state="captured")
        check_tip(
            amount=amount,
            job=(at_most or earning.blocks.service) if earning else None,
            done_at=earning.accrued_at if earning else None,
            given=given.count(),
            at=clock.now(),
        )
        if with_saved_card and card is None:
            raise NoSavedCard
    payment = collect(
        by=by,
        payer_id=payer_id,
        reference=reference,
        amount=zero(amount.currency),
        tip=amount,
        title=earning.payment.title if earning else "",
        capture=Payment.AUTOMATIC,
        return_path=return_path,
        expires_at=clock.now() + PAGE_OPEN,
        key=key,
        kind=Payment.TIP,
        worker_id=earning.worker_id if earning else worker_member_id,
    )
    if known is None and card is not None:
        ask_card(by=by, payment=payment, card_id=card.pk)
    return payment
