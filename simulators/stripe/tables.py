"""What differs by currency, country and card: fees, minimums, rails, test numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

ZERO_DECIMAL = frozenset({"clp", "pyg", "jpy", "krw", "vnd"})
LARGEST_AMOUNT = 99_999_999


@dataclass(frozen=True)
class Currency:
    """What a card charge costs, and the smallest one, in minor units."""

    fee_basis_points: int = 290
    fee_fixed: int = 30
    minimum: int = 50
    dispute_fee: int = 1500


CURRENCIES: dict[str, Currency] = {
    "mxn": Currency(fee_basis_points=360, fee_fixed=300, minimum=1000, dispute_fee=30000),
    "brl": Currency(fee_basis_points=399, fee_fixed=39, minimum=50, dispute_fee=5500),
    "clp": Currency(fee_fixed=250, minimum=400, dispute_fee=14000),
    "cop": Currency(fee_fixed=90000, minimum=200000, dispute_fee=6000000),
    "pen": Currency(fee_fixed=100, minimum=200, dispute_fee=5500),
    "ars": Currency(fee_fixed=3000, minimum=50000, dispute_fee=1500000),
    "uyu": Currency(fee_fixed=1200, minimum=2000, dispute_fee=60000),
    "usd": Currency(),
    "eur": Currency(fee_basis_points=150, fee_fixed=25, dispute_fee=2000),
}


def currency_rules(code: str) -> Currency:
    """The rules of a currency; one that is not in the table costs what the dollar costs."""
    return CURRENCIES.get(code.lower(), CURRENCIES["usd"])


def charge_fee(amount: int, code: str) -> int:
    """The processing fee of a charge: a rate, half up, and a fixed part."""
    rules = currency_rules(code)
    return (amount * rules.fee_basis_points + 5000) // 10_000 + rules.fee_fixed


@dataclass(frozen=True)
class Country:
    """What a connected account of this country can do."""

    currency: str
    instant: bool = False
    manual_payouts: bool = True
    bank_name: str = "STRIPE TEST BANK"
    test_account: str = "000123456789"
    account_label: str = "account"


COUNTRIES: dict[str, Country] = {
    "MX": Country("mxn", test_account="032180000118359719", account_label="clabe"),
    "BR": Country("brl", manual_payouts=False, test_account="39053344705", account_label="pix"),
    "US": Country("usd", instant=True),
    "CL": Country("clp"),
    "CO": Country("cop"),
    "AR": Country("ars", test_account="2850590940090418135201", account_label="cbu"),
    "PE": Country("pen"),
    "UY": Country("uyu"),
    "ES": Country("eur", instant=True, test_account="ES0700120345030000067890"),
}

# Endings of account numbers whose payouts fail, as Stripe's own test numbers do.
FAILING_ACCOUNTS = {
    "111111116": "no_account",
    "111111113": "account_closed",
    "222222227": "insufficient_funds",
    "333333335": "debit_not_authorized",
    "444444440": "invalid_currency",
}

# What a voucher or a bank code costs in time: paid on the page at once, or the next working day.
VOUCHERS: dict[str, tuple[str, ...]] = {"mxn": ("oxxo",), "brl": ("pix", "boleto")}
NO_MANUAL_CAPTURE = frozenset({"oxxo", "boleto", "pix"})
NOT_REFUNDABLE = frozenset({"boleto", "oxxo"})
VOUCHER_DAYS = 3  # How long a voucher can be paid, unless the page says otherwise.
BANK_CODE_SECONDS = 86_400
VOUCHER_SETTLES_DAYS = {"oxxo": 3, "boleto": 2, "pix": 0}


@dataclass(frozen=True)
class Card:
    """A test card: how it looks, and how it behaves."""

    key: str
    token: str
    brand: str
    last4: str
    country: str = "US"
    # ok, declined, declined_later (saves, then declines), authenticate, dispute, warning
    behaviour: str = "ok"
    funding: str = "credit"

    @property
    def fingerprint(self) -> str:
        """The same card has the same fingerprint wherever it is used."""
        return hashlib.sha256(f"card/{self.key}".encode()).hexdigest()[:16]


CARDS: dict[str, Card] = {
    card.key: card
    for card in (
        Card("visa", "pm_card_visa", "visa", "4242"),
        Card("visa_b", "pm_card_visa_debit", "visa", "1881", funding="debit"),
        Card("mastercard", "pm_card_mastercard", "mastercard", "4444"),
        Card("declined", "pm_card_visa_chargeDeclined", "visa", "0002", behaviour="declined"),
        Card(
            "declined_later",
            "pm_card_chargeCustomerFail",
            "visa",
            "0341",
            behaviour="declined_later",
        ),
        Card("3ds", "pm_card_authenticationRequired", "visa", "3184", behaviour="authenticate"),
        Card("dispute", "pm_card_createDispute", "visa", "0259", behaviour="dispute"),
        Card("warning", "pm_card_createIssuerFraudRecord", "visa", "5423", behaviour="warning"),
    )
}
CARDS_BY_TOKEN = {card.token: card for card in CARDS.values()} | {
    "pm_card_chargeDeclined": CARDS["declined"],
    "pm_card_mx": CARDS["visa"],
    "pm_card_br": CARDS["visa"],
}
