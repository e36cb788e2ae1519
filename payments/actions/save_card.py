"""A customer leaves a card with us, to be charged later."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.timers import set_timer
from payments.actions.apply_payment import EXPIRE
from payments.models import Payment
from payments.providers.registry import COLLECTOR
from payments.queries.providers import provider_here
from payments.queries.saved_cards import keeps_cards
from payments.rules.refusals import CardsNotKept


@transaction.atomic
def save_card(
    *,
    by: Actor,
    payer_id: UUID,
    reference: str,
    title: str,
    currency: str,
    return_path: str,
    expires_at: datetime,
    key: str,
) -> Payment:
    """Ask a payer for a card, which its page, `/pay/<id>/`, keeps; `CardSaved` tells when it is.

    No money moves. The same key again returns the same row.
    """
    if not keeps_cards():
        raise CardsNotKept
    payment, made = Payment.objects.get_or_create(
        key=key,
        defaults={
            "payer_id": payer_id,
            "reference": reference,
            "kind": Payment.SETUP,
            "title": title,
            "currency": currency,
            "amount_minor": 0,
            "keep_card": True,
            "return_path": return_path,
            "expires_at": expires_at,
            "provider": provider_here(COLLECTOR),
        },
    )
    if made:
        set_timer(EXPIRE, subject_id=payment.pk, at=expires_at)
    return payment
