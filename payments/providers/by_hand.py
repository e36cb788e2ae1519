"""What a provider answers for the roles it does not play: a definite no, and nothing to tell."""

from collections.abc import Mapping
from datetime import datetime

from payments.providers.base import (
    AllocationOrder,
    BadSignature,
    DisputeFact,
    Page,
    PageOrder,
    PayeeFact,
    PayeeOrder,
    PaymentFact,
    PayoutFact,
    PayoutOrder,
    Rails,
    RefundFact,
    RefundOrder,
    SaidNo,
    Signal,
    StatementLine,
    TakeBackOrder,
)

NOT_OFFERED = "not_offered"


def no(what: str) -> SaidNo:
    """Return the definite no of somebody who does not do this."""
    return SaidNo(NOT_OFFERED, what)


class CollectsNothing:
    """Takes no money from payers."""

    def open_page(self, order: PageOrder, key: str) -> Page:
        raise no("page")

    def fetch_payment(self, *, page_ref: str, intent_ref: str) -> PaymentFact:
        raise no("payment")

    def capture(self, *, intent_ref: str, amount: object, key: str) -> PaymentFact:
        raise no("capture")

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        raise no("cancel")

    def refund(self, order: RefundOrder, key: str) -> RefundFact:
        raise no("refund")

    def fetch_refund(self, ref: str) -> RefundFact:
        raise no("refund")


class DisputesNothing:
    """No bank of a payer has a say."""

    def fetch_dispute(self, ref: str) -> DisputeFact:
        raise no("dispute")

    def fetch_warning(self, ref: str) -> str:
        raise no("warning")

    def send_evidence(self, *, ref: str, words: str, key: str) -> DisputeFact:
        raise no("evidence")

    def close_dispute(self, *, ref: str, key: str) -> DisputeFact:
        raise no("close_dispute")


class KeepsNoAccounts:
    """Keeps no accounts for those who are paid."""

    def open_account(self, order: PayeeOrder, key: str) -> str:
        raise no("account")

    def onboarding_url(
        self, *, account_ref: str, return_url: str, refresh_url: str, key: str
    ) -> str:
        raise no("onboarding")

    def fetch_payee(self, account_ref: str) -> PayeeFact:
        raise no("payee")

    def allocate(self, order: AllocationOrder, key: str) -> str:
        raise no("allocate")

    def reverse(self, order: TakeBackOrder, key: str) -> str:
        raise no("reverse")


class PaysNobody:
    """Sends no money to banks."""

    def rails(self, country: str) -> Rails:
        raise no("rails")

    def send(self, order: PayoutOrder, key: str) -> PayoutFact:
        raise no("payout")

    def fetch_payout(self, *, ref: str, account_ref: str) -> PayoutFact:
        raise no("payout")


class TellsNothing(DisputesNothing):
    """Nobody outside tells us anything, keeps a balance of ours, or makes things on request."""

    def balance(self, account_ref: str = "") -> dict[str, int]:
        return {}

    def statement(self, *, since: datetime, until: datetime) -> list[StatementLine]:
        return []

    def related(self, source: str) -> tuple[str, ...]:
        return ()

    def verify(
        self, *, body: bytes, headers: Mapping[str, str], endpoint: str, at: datetime
    ) -> Signal:
        raise BadSignature

    def missed_signals(self, *, since: datetime, account: str = "") -> list[Signal]:
        return []

    def find_pages(self, *, key: str, since: datetime) -> list[Page]:
        return []

    def find_accounts(self, *, key: str, since: datetime) -> list[str]:
        return []

    def find_refunds(self, *, key: str, intent_ref: str) -> list[RefundFact]:
        return []

    def find_transfers(self, *, key: str, group: str) -> list[str]:
        return []

    def find_reversals(self, *, key: str, transfer_ref: str) -> list[str]:
        return []

    def find_payouts(self, *, key: str, account_ref: str, since: datetime) -> list[PayoutFact]:
        return []
