"""Cards that payers leave with a payment company, in our words: kept on its page, charged later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from kernel.money import Money
from payments.providers.base import Page, PaymentFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOrder:
    """A page on which a payer leaves a card, to be charged later."""

    payment_id: UUID
    currency: str
    success_url: str
    cancel_url: str
    locale: str
    expires_at: datetime
    business: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCharge:
    """Money to be taken from a card that was kept, without its owner at hand."""

    payment_id: UUID
    customer_ref: str
    method_ref: str
    amount: Money
    group: str


@runtime_checkable
class KeepsCards(Protocol):
    """Takes money from a card that its owner let us keep; not every collector can."""

    def open_card_page(self, order: CardOrder, key: str) -> Page:
        """Open a page to leave a card on; its payment is "captured" when the card is kept."""

    def charge_saved(self, order: SavedCharge, key: str) -> PaymentFact:
        """Take money; `SaidNo` with `authentication_required` where the owner has to be there."""

    def find_charges(self, order: SavedCharge, key: str) -> list[PaymentFact]:
        """Return what an earlier try with this key has made."""
