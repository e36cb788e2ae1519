"""What every payment company must be able to do for us, in our words.

A provider is one module (or package) in this folder that registers itself. It translates: it knows
no tenant, writes nothing and decides nothing. Every write carries a key of ours, so asking again
after silence changes nothing twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from kernel.money import Money


class ProviderError(Exception):
    """A payment company did not do what we asked."""


class NoAnswer(ProviderError):
    """Silence, or trouble on their side: ask again with the same key."""


class RememberedFailure(NoAnswer):
    """They remember only that it went wrong on their side: the same key will tell no more."""


class Unresolved(NoAnswer):
    """What became of a request could not be found out; a person has been asked."""


class SaidNo(ProviderError):
    """A definite refusal; asking again needs another key."""

    def __init__(self, code: str, message: str = "", *, ref: str = "") -> None:
        self.code = code
        self.ref = ref  # What they made all the same, if they made something.
        super().__init__(f"{code}: {message}")


class KeyMisused(ProviderError):
    """One key, two requests. Always a mistake of ours."""


class BadSignature(ProviderError):
    """Somebody who is not the provider, or an old message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOrder:
    """A page on which a payer is to pay."""

    payment_id: UUID
    lines: tuple[tuple[str, Money], ...]
    capture: str
    success_url: str
    cancel_url: str
    locale: str
    expires_at: datetime
    group: str
    business: str
    email: str = ""
    keep_card: bool = False
    waits_until: datetime | None = None  # For money that is promised first, and comes later.


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where the payer goes."""

    ref: str
    url: str
    intent_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFact:
    """How far a payment is. `state` is one of our own."""

    state: str
    intent_ref: str = ""
    charge_ref: str = ""
    fee_minor: int | None = None
    settles_at: datetime | None = None
    promised_until: datetime | None = None  # A voucher was handed out: how long it can be paid,
    voucher_url: str = ""  # and where its payer sees it.
    instrument: str = ""
    method: str = ""
    failure: str = ""
    page_url: str = ""
    customer_ref: str = ""
    method_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeOrder:
    """A payout account to open."""

    payee_id: UUID
    country: str
    currency: str
    email: str
    business: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeFact:
    """What the provider thinks of a payee. `state` is one of our own."""

    state: str
    missing: tuple[str, ...] = ()
    destination: str = ""
    instrument: str = ""
    instant: bool = False
    holder: str = ""  # Whose account it is, by its bank; compared and forgotten.


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationOrder:
    """Money of a charge, to be moved to a payee's account; without a charge it is lent."""

    allocation_id: UUID
    account_ref: str
    charge_ref: str
    amount: Money
    group: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackOrder:
    """Money to be moved back from a payee's account: of one earlier allocation."""

    transfer_ref: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutOrder:
    """Money to be sent from a payee's account to the payee's bank."""

    payout_id: UUID
    attempt: int
    account_ref: str
    amount: Money
    rail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutFact:
    """How far a payout is: submitted, paid, failed."""

    ref: str
    state: str
    arrives_at: datetime | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundOrder:
    """Money to go back to whoever paid."""

    refund_id: UUID
    intent_ref: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFact:
    """How far a refund is: sent, succeeded, failed."""

    ref: str
    state: str
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFact:
    """How far a dispute is. `state` is one of our own; the fee is what was kept of us."""

    ref: str
    state: str
    amount: Money
    cause: str = ""
    fee_minor: int = 0
    fee_back_minor: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A provider told us that something of ours has changed; we go and look."""

    event_id: str
    account: str
    kind: str
    object_id: str
    created_at: datetime
    payload: dict[str, Any] = field(default_factory=dict)
    parents: tuple[str, ...] = ()  # Objects that it belongs to: the charge of a dispute.
    claims: dict[str, str] = field(default_factory=dict)  # Whose it says it is.


@dataclass(frozen=True, slots=True, kw_only=True)
class Rails:
    """What a provider offers in a country: names of rails, and when money is moved to payees."""

    free: str
    fast: str | None
    allocates_at: str  # "release", "cashout" or "never"
    minimum_minor: int = 1
    pays_from: str = "psp_connected"  # The ledger's account that the money leaves.
    daily_cap_minor: int | None = None  # What leaves for all payees together in a day, at most.
    by_batch: bool = False  # Sent by people, many at once; see `Batch`.


class Collector(Protocol):
    """Takes money from payers."""

    def open_page(self, order: PageOrder, key: str) -> Page:
        """Open a page to pay on."""

    def fetch_payment(self, *, page_ref: str, intent_ref: str) -> PaymentFact:
        """Look how far a payment is."""

    def capture(self, *, intent_ref: str, amount: Money, key: str) -> PaymentFact:
        """Take an authorised payment."""

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        """Close the page or let the authorised money go; tell how the payment is then."""

    def refund(self, order: RefundOrder, key: str) -> RefundFact:
        """Give money back."""

    def fetch_refund(self, ref: str) -> RefundFact:
        """Look how far a refund is."""


class Disputes(Protocol):
    """Tells what payers' banks dispute, and takes our side to them."""

    def fetch_dispute(self, ref: str) -> DisputeFact:
        """Look how far a dispute is."""

    def fetch_warning(self, ref: str) -> str:
        """Look what a bank warns of, in its word."""

    def send_evidence(self, *, ref: str, words: str, key: str) -> DisputeFact:
        """Send our side of a dispute to the payer's bank."""

    def close_dispute(self, *, ref: str, key: str) -> DisputeFact:
        """Accept a dispute: it is lost, and cannot be contested any more."""


class PayeeAccounts(Protocol):
    """Keeps accounts for those who are paid."""

    def open_account(self, order: PayeeOrder, key: str) -> str:
        """Open an account and return its name."""

    def onboarding_url(
        self, *, account_ref: str, return_url: str, refresh_url: str, key: str
    ) -> str:
        """Return a link, for one use, to the provider's own form."""

    def fetch_payee(self, account_ref: str) -> PayeeFact:
        """Look what the provider thinks of a payee."""

    def allocate(self, order: AllocationOrder, key: str) -> str:
        """Move money to a payee's account and return the transfer's name."""

    def reverse(self, order: TakeBackOrder, key: str) -> str:
        """Move money back from a payee's account and return the reversal's name."""


class PayoutRail(Protocol):
    """Sends money to banks."""

    def rails(self, country: str) -> Rails:
        """Tell what there is in a country."""

    def send(self, order: PayoutOrder, key: str) -> PayoutFact:
        """Send a payout."""

    def fetch_payout(self, *, ref: str, account_ref: str) -> PayoutFact:
        """Look how far a payout is."""


class EventSource(Protocol):
    """Tells us what happened."""

    def verify(
        self, *, body: bytes, headers: Mapping[str, str], endpoint: str, at: datetime
    ) -> Signal:
        """Return what a signed message says, or raise `BadSignature`."""

    def missed_signals(self, *, since: datetime, account: str = "") -> list[Signal]:
        """Return what was told to nobody since then, oldest first."""


class Repair(Protocol):
    """Finds what a request of ours has made, by the key that was sent with it."""

    def find_pages(self, *, key: str, since: datetime) -> list[Page]:
        """Return the pages that were opened with a key."""

    def find_accounts(self, *, key: str, since: datetime) -> list[str]:
        """Return the accounts that were opened with a key."""

    def find_refunds(self, *, key: str, intent_ref: str) -> list[RefundFact]:
        """Return the refunds that were made with a key."""

    def find_transfers(self, *, key: str, group: str) -> list[str]:
        """Return the transfers that were made with a key."""

    def find_reversals(self, *, key: str, transfer_ref: str) -> list[str]:
        """Return what was moved back of a transfer with a key."""

    def find_payouts(self, *, key: str, account_ref: str, since: datetime) -> list[PayoutFact]:
        """Return the payouts that were made with a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One movement on the collecting account, as the provider books it."""

    line_id: str
    category: str
    source: str
    currency: str
    amount_minor: int
    fee_minor: int
    made_at: datetime
    available_at: datetime


class Statement(Protocol):
    """Tells what it has of ours, and how that came about."""

    def balance(self, account_ref: str = "") -> dict[str, int]:
        """Return what lies on an account (ours, if none is named), usable or under way."""

    def statement(self, *, since: datetime, until: datetime) -> list[StatementLine]:
        """Return the movements on the collecting account, oldest first."""

    def related(self, source: str) -> tuple[str, ...]:
        """Return the things that one of its things belongs to, by which we may know it."""


class Provider(
    Collector, Disputes, PayeeAccounts, PayoutRail, EventSource, Repair, Statement, Protocol
):
    """A payment company, whole."""
