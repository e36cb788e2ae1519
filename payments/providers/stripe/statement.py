"""Stripe's own books: balances, and the balance transactions they are made of."""

from datetime import UTC, datetime
from typing import Any

from payments.providers.base import StatementLine
from payments.providers.stripe.client import client, in_our_words, on_behalf, plain


class Stating:
    """Tells what Stripe has of ours, and how that came about."""

    def balance(self, account_ref: str = "") -> dict[str, int]:
        """Return what lies on an account by currency, available and pending together."""
        options = on_behalf(account_ref) if account_ref else None
        with in_our_words():
            found = plain(client().v1.balance.retrieve(None, options))
        sums: dict[str, int] = {}
        for each in (*found["available"], *found["pending"]):
            currency = each["currency"].upper()
            sums[currency] = sums.get(currency, 0) + each["amount"]
        return sums

    def statement(self, *, since: datetime, until: datetime) -> list[StatementLine]:
        """Return the platform's balance transactions, oldest first."""
        asked: Any = {
            "created": {"gte": int(since.timestamp()), "lt": int(until.timestamp())},
            "limit": 100,
        }
        with in_our_words():
            listed = client().v1.balance_transactions.list(asked)
            found = [_line(plain(each)) for each in listed.auto_paging_iter()]
        return found[::-1]

    def related(self, source: str) -> tuple[str, ...]:
        """Return a charge's intent and pages; of what came of a charge, that charge's too."""
        with in_our_words():
            charge_ref = _charge_of(source)
            if not charge_ref:
                return ()
            charge = plain(client().v1.charges.retrieve(charge_ref))
            intent = charge.get("payment_intent") or ""
            asked: Any = {"payment_intent": intent}
            pages = client().v1.checkout.sessions.list(asked).data if intent else []
        return tuple(each for each in (charge_ref, intent, *(page.id for page in pages)) if each)


def _charge_of(source: str) -> str:
    if source.startswith("ch_"):
        return source
    if source.startswith("re_"):
        return plain(client().v1.refunds.retrieve(source)).get("charge") or ""
    if source.startswith("dp_"):
        return plain(client().v1.disputes.retrieve(source)).get("charge") or ""
    return ""


def _line(row: dict[str, Any]) -> StatementLine:
    return StatementLine(
        line_id=row["id"],
        category=row["reporting_category"],
        source=row.get("source") or "",
        currency=row["currency"].upper(),
        amount_minor=row["amount"],
        fee_minor=row["fee"],
        made_at=datetime.fromtimestamp(row["created"], UTC),
        available_at=datetime.fromtimestamp(row["available_on"], UTC),
    )
