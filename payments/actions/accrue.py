"""A job is delivered: its money belongs to those who earned it."""

from uuid import UUID

from django.db import transaction

from payments.actions.book_fee import true_up
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.models import Earning
from payments.queries import deposit_left
from payments.rules.blocks import PARTS, PriceBlocks
from payments.rules.entries import job_accrued
from payments.rules.refusals import KeyOfAnotherRequest, NotCaptured


@transaction.atomic
def accrue(
    *, reference: str, worker_member_id: UUID, payment_id: UUID, blocks: PriceBlocks, key: str
) -> Earning:
    """Divide what a customer paid into its blocks; the worker's part is pending until `release`.

    For a cancellation that keeps a part, pass the blocks of the kept part. A tip in the blocks
    stays held until `release`.
    """
    payment = locked_payment(payment_id)
    known = Earning.objects.filter(reference=reference).first()
    if known:
        if known.key != key:
            raise KeyOfAnotherRequest(key=key)
        return known
    if payment.state != "captured" or deposit_left(payment) < blocks.service:
        raise NotCaptured
    earning = Earning.objects.create(
        reference=reference,
        key=key,
        worker_id=worker_member_id,
        payment=payment,
        currency=blocks.currency,
        pending_minor=blocks.worker.minor,
        **{f"{part}_minor": getattr(blocks, part).minor for part in PARTS},
    )
    draft = job_accrued(
        key=f"{key}:accrued", reference=reference, worker=worker_member_id, blocks=blocks
    )
    if draft.legs:
        post(draft)
    true_up(payment)
    return earning
