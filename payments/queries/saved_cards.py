"""Cards that customers let us keep."""

from uuid import UUID

from payments.models import Payment
from payments.providers import provider_name, provider_of
from payments.providers.base import KeepsCards


def saved_card_of(member_id: UUID) -> Payment | None:
    """Return the latest payment whose card its payer let us keep and that can be used again."""
    if not isinstance(provider_of(provider_name()), KeepsCards):
        return None
    kept = Payment.objects.filter(
        payer_id=member_id, state="captured", keep_card=True, provider=provider_name()
    ).exclude(method_ref="")
    return kept.order_by("-pk").first()
