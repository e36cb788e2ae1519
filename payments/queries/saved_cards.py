"""Cards that customers let us keep."""

from uuid import UUID

from payments.models import Payment
from payments.providers import provider_of
from payments.providers.registry import COLLECTOR
from payments.providers.saved import KeepsCards
from payments.queries.providers import provider_here


def keeps_cards() -> bool:
    """Tell whether whoever takes this tenant's money can charge a card later."""
    return isinstance(provider_of(provider_here(COLLECTOR)), KeepsCards)


def saved_card_of(member_id: UUID) -> Payment | None:
    """Return the latest payment whose card its payer let us keep and that can be used again."""
    if not keeps_cards():
        return None
    kept = Payment.objects.filter(
        payer_id=member_id, state="captured", keep_card=True, provider=provider_here(COLLECTOR)
    ).exclude(method_ref="")
    return kept.order_by("-captured_at", "-pk").first()


def card_words(card_id: UUID | None) -> str:
    """Return a kept card as its owner knows it; nothing where it was forgotten."""
    if card_id is None:
        return ""
    found = Payment.objects.filter(pk=card_id).exclude(method_ref="").first()
    return found.method if found else ""
