"""A job is delivered: its money belongs to those who earned it."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from kernel.money import Money
from payments.actions.book_fee import true_up
from payments.actions.hold_for_dispute import hold_share
from payments.actions.locks import locked_payment
from payments.actions.post import post
from payments.actions.settle_cash import settle_cash
from payments.models import Earning
from payments.providers import caps_of
from payments.queries import deposit_left
from payments.queries.disputes import running_disputes
from payments.rules.blocks import PARTS, PriceBlocks
from payments.rules.entries import job_accrued, tax_withheld
from payments.rules.entries.charges import CASH
from payments.rules.refusals import KeyOfAnotherRequest, NotCaptured
from payments.rules.taxes import Withholding


@transaction.atomic
def accrue(
    *,
    reference: str,
    worker_member_id: UUID,
    payment_id: UUID,
    blocks: PriceBlocks,
    key: str,
    withheld: Sequence[Withholding] = (),
) -> Earning:
    """Divide what a customer paid into its blocks; the worker's part is pending until `release`.

    For a cancellation that keeps a part, pass the blocks of the kept part. A tip in the blocks
    stays held until `release`. `withheld` are taxes kept back of the worker's part. If the payer's
    bank is disputing the payment already, or suspects fraud, the contested share rests at once.
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
        pending_minor=blocks.worker.minor - sum(each.minor for each in withheld),
        withheld=[asdict(each) for each in withheld],
        **{f"{part}_minor": getattr(blocks, part).minor for part in PARTS},
    )
    draft = job_accrued(
        key=f"{key}:accrued", reference=reference, worker=worker_member_id, blocks=blocks
    )
    if draft.legs:
        post(draft)
    for each in withheld:
        post(
            tax_withheld(
                key=f"{key}:withheld:{each.code}",
                reference=reference,
                worker=worker_member_id,
                account=each.account,
                amount=Money(blocks.currency, each.minor),
            )
        )
    if caps_of(payment.provider).lands_in == CASH:
        settle_cash(earning=earning)
    true_up(payment)
    for dispute in running_disputes(payment):
        hold_share(dispute=dispute)
    return earning
