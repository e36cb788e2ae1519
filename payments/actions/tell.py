"""Telling people what happened to their money."""

from uuid import UUID

from payments.models import Payment
from payments.notices import CASH_NOTED, RECEIPT, TIP_THANKS
from payments.queries import payment_of
from payments.queries.cash import CASH
from tenants.messaging.actions.notify import notify
from tenants.messaging.notice import Notice


def tell_member(
    *, member_id: UUID, notice: Notice, about: str, amount_minor: int, currency: str
) -> None:
    """Tell a member about one amount, once."""
    notify(
        to_id=member_id,
        notice=notice,
        about=about,
        amount_minor=amount_minor,
        currency=currency,
        payout_id=about,
    )


def tell_payer(*, payment_id: UUID) -> None:
    """Send a payer the receipt; for a tip, thanks for the tip."""
    payment = payment_of(payment_id)
    notify(
        to_id=payment.payer_id,
        notice=_notice_for(payment),
        about=str(payment.pk),
        total_minor=(payment.charged or payment.total).minor,
        tip_minor=payment.tip_minor,
        currency=payment.currency,
        path=payment.return_path,
    )


def _notice_for(payment: Payment) -> Notice:
    if payment.provider == CASH:
        return CASH_NOTED
    return TIP_THANKS if payment.kind == payment.TIP else RECEIPT
