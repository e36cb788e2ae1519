"""Paying with Stripe Connect: a connected account per payee, transfers to it, payouts from it."""

from datetime import UTC, datetime
from typing import Any

from payments.providers.base import (
    AllocationOrder,
    PayeeFact,
    PayeeOrder,
    PayoutFact,
    PayoutOrder,
    Rails,
    SaidNo,
    TakeBackOrder,
)
from payments.providers.stripe.client import (
    called,
    client,
    in_our_words,
    made_with,
    on_behalf,
    plain,
    with_key,
)
from payments.rules.payees import DISCONNECTED

# docs.stripe.com/payouts/instant-payouts; where it is not offered there is no fast rail.
INSTANT = {"US", "CA", "GB", "AU", "NZ", "SG", "HK", "MY", "AE", "NO"}
# Stripe pays these accounts out by itself every day: money goes there when it is asked for.
PAID_DAILY = {"BR"}
MERCHANT_CATEGORY = "7299"  # Personal services.
PAYOUT_STATES = {
    "pending": "submitted",
    "in_transit": "submitted",
    "paid": "paid",
    "failed": "failed",
    "canceled": "failed",
}


class Paying:
    """Keeps accounts for payees and sends money to their banks."""

    def open_account(self, order: PayeeOrder, key: str) -> str:
        """Open an account that may receive transfers; the platform bears fees and losses."""
        asked: Any = {
            "country": order.country,
            "business_type": "individual",
            "controller": {
                "fees": {"payer": "application"},
                "losses": {"payments": "application"},
                "requirement_collection": "stripe",
                "stripe_dashboard": {"type": "express"},
            },
            "capabilities": {"transfers": {"requested": True}},
            "business_profile": {
                "mcc": MERCHANT_CATEGORY,
                "product_description": order.business,
            },
            "metadata": called(key, payee=str(order.payee_id)),
        }
        if order.email:
            asked["email"] = order.email
        if order.country not in PAID_DAILY:
            asked["settings"] = {
                "payouts": {
                    "schedule": {"interval": "manual"},
                    "debit_negative_balances": False,
                }
            }
        with in_our_words():
            return client().v1.accounts.create(asked, with_key(key)).id

    def onboarding_url(
        self, *, account_ref: str, return_url: str, refresh_url: str, key: str
    ) -> str:
        """Make a link to Stripe's own form."""
        asked: Any = {
            "account": account_ref,
            "type": "account_onboarding",
            "refresh_url": refresh_url,
            "return_url": return_url,
            "collection_options": {"fields": "currently_due"},
        }
        with in_our_words():
            return client().v1.account_links.create(asked, with_key(key)).url

    def fetch_payee(self, account_ref: str) -> PayeeFact:
        """Look what Stripe thinks of a payee, and where the money goes."""
        try:
            with in_our_words():
                account = plain(client().v1.accounts.retrieve(account_ref))
        except SaidNo as error:
            if error.code != DISCONNECTED:
                raise
            return PayeeFact(state="restricted", missing=(DISCONNECTED,))
        banks = (account.get("external_accounts") or {}).get("data") or []
        bank = next((each for each in banks if each.get("default_for_currency")), None) or {}
        name = bank.get("bank_name") or bank.get("brand") or ""
        needs = account.get("requirements") or {}
        return PayeeFact(
            state=_payee_state(account, needs),
            missing=tuple(needs.get("currently_due") or ()),
            destination=f"{name} ···· {bank['last4']}" if bank else "",
            instrument=f"bank:{bank['fingerprint']}" if bank.get("fingerprint") else "",
            holder=bank.get("account_holder_name") or "",
            instant="instant" in (bank.get("available_payout_methods") or ()),
        )

    def allocate(self, order: AllocationOrder, key: str) -> str:
        """Transfer a part of a charge; it is there when the charge has settled.

        What is lent belongs to no charge, and is there at once: or not, if the platform is short.
        """
        asked: Any = {
            "amount": order.amount.minor,
            "currency": order.amount.currency.lower(),
            "destination": order.account_ref,
            "transfer_group": order.group,
            "metadata": called(key, allocation=str(order.allocation_id), kind=order.purpose),
        }
        if order.charge_ref:
            asked["source_transaction"] = order.charge_ref
        with in_our_words():
            return client().v1.transfers.create(asked, with_key(key)).id

    def reverse(self, order: TakeBackOrder, key: str) -> str:
        """Reverse a transfer, or a part of it."""
        with in_our_words():
            reversal = client().v1.transfers.reversals.create(
                order.transfer_ref,
                {"amount": order.amount.minor, "metadata": called(key)},
                with_key(key),
            )
        return reversal.id

    def rails(self, country: str) -> Rails:
        """Tell what Stripe offers in a country."""
        return Rails(
            free="stripe_standard",
            fast="stripe_instant" if country in INSTANT else None,
            allocates_at="cashout" if country in PAID_DAILY else "release",
        )

    def send(self, order: PayoutOrder, key: str) -> PayoutFact:
        """Send money from a payee's account to the payee's bank."""
        asked: Any = {
            "amount": order.amount.minor,
            "currency": order.amount.currency.lower(),
            "method": "instant" if order.rail == "stripe_instant" else "standard",
            "metadata": called(key, cashout=str(order.payout_id), attempt=str(order.attempt)),
        }
        with in_our_words():
            payout = client().v1.payouts.create(asked, with_key(key, order.account_ref))
        return _of_payout(plain(payout))

    def fetch_payout(self, *, ref: str, account_ref: str) -> PayoutFact:
        """Look how far a payout is."""
        with in_our_words():
            payout = client().v1.payouts.retrieve(ref, None, on_behalf(account_ref))
        return _of_payout(plain(payout))

    def find_accounts(self, *, key: str, since: datetime) -> list[str]:
        """Look for the accounts that were opened with a key."""
        asked: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        with in_our_words():
            return [each["id"] for each in made_with(key, client().v1.accounts.list(asked))]

    def find_transfers(self, *, key: str, group: str) -> list[str]:
        """Look for the transfers that were made with a key."""
        asked: Any = {"transfer_group": group, "limit": 100}
        with in_our_words():
            return [each["id"] for each in made_with(key, client().v1.transfers.list(asked))]

    def find_reversals(self, *, key: str, transfer_ref: str) -> list[str]:
        """Look for what was moved back of a transfer with a key."""
        with in_our_words():
            listed = client().v1.transfers.reversals.list(transfer_ref, {"limit": 100})
            return [each["id"] for each in made_with(key, listed)]

    def find_payouts(self, *, key: str, account_ref: str, since: datetime) -> list[PayoutFact]:
        """Look for the payouts that were made with a key."""
        asked: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        with in_our_words():
            listed = client().v1.payouts.list(asked, on_behalf(account_ref))
            return [_of_payout(each) for each in made_with(key, listed)]


def _payee_state(account: dict[str, Any], needs: dict[str, Any]) -> str:
    if str(needs.get("disabled_reason") or "").startswith("rejected"):
        return "rejected"
    can_receive = (account.get("capabilities") or {}).get("transfers") == "active"
    if can_receive and account.get("payouts_enabled"):
        return "active"
    return "restricted" if account.get("details_submitted") else "pending"


def _of_payout(payout: dict[str, Any]) -> PayoutFact:
    arrives = payout.get("arrival_date")
    return PayoutFact(
        ref=payout["id"],
        state=PAYOUT_STATES[payout["status"]],
        arrives_at=datetime.fromtimestamp(arrives, UTC) if arrives else None,
        failure=payout.get("failure_code") or "",
    )
