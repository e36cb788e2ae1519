"""Disputes at Stripe: what payers' banks take back, and our side of it."""

from datetime import UTC, datetime
from typing import Any

from kernel.money import Money
from payments.providers.base import DisputeFact
from payments.providers.stripe.client import client, in_our_words, plain, with_key

# An inquiry takes no money yet (docs.stripe.com/disputes/how-disputes-work).
STATES = {
    "warning_needs_response": "warned",
    "warning_under_review": "warned",
    "warning_closed": "closed",
    "needs_response": "open",
    "under_review": "submitted",
    "won": "won",
    "lost": "lost",
    "prevented": "closed",
}
LONGEST = 15_000  # docs.stripe.com/api/disputes/update: all evidence together has a limit.


class Disputing:
    """Tells what payers' banks dispute, and takes our side to them."""

    def fetch_dispute(self, ref: str) -> DisputeFact:
        """Look how far a dispute is."""
        with in_our_words():
            return _of_dispute(plain(client().v1.disputes.retrieve(ref)))

    def fetch_warning(self, ref: str) -> str:
        """Look what a bank warns of."""
        with in_our_words():
            warning = client().v1.radar.early_fraud_warnings.retrieve(ref)
        return str(plain(warning).get("fraud_type") or "")

    def send_evidence(self, *, ref: str, words: str, key: str) -> DisputeFact:
        """Send our side, once: the bank takes no second version."""
        asked: Any = {"evidence": {"uncategorized_text": words[:LONGEST]}, "submit": True}
        with in_our_words():
            return _of_dispute(plain(client().v1.disputes.update(ref, asked, with_key(key))))

    def close_dispute(self, *, ref: str, key: str) -> DisputeFact:
        """Accept a dispute: Stripe counts it as lost at once."""
        with in_our_words():
            return _of_dispute(plain(client().v1.disputes.close(ref, {}, with_key(key))))


def _of_dispute(dispute: dict[str, Any]) -> DisputeFact:
    fees = [int(each.get("fee") or 0) for each in dispute.get("balance_transactions") or ()]
    due = (dispute.get("evidence_details") or {}).get("due_by")
    return DisputeFact(
        ref=dispute["id"],
        state=STATES[dispute["status"]],
        amount=Money(dispute["currency"].upper(), dispute["amount"]),
        cause=str(dispute.get("reason") or ""),
        fee_minor=sum(fee for fee in fees if fee > 0),
        fee_back_minor=-sum(fee for fee in fees if fee < 0),
        due_at=datetime.fromtimestamp(due, UTC) if due else None,
    )
