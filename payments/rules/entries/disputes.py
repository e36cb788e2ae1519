"""A payer's bank takes money back, and sometimes gives it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft
from payments.rules.entries.refunds import taxes_back
from payments.rules.entries.tips import tip_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Who bears a lost dispute, tip left out, in minor units."""

    deposit: int = 0
    refunds: int = 0
    held: int = 0
    owed: int = 0
    platform: int = 0
    tax: int = 0
    loss: int = 0
    withheld: Sequence[Mapping[str, Any]] = ()  # Taxes of the worker's part, by their account.

    @property
    def total(self) -> int:
        """All of it."""
        shares = (self.held, self.owed, self.platform, self.tax, self.loss)
        taxes = sum(int(each["minor"]) for each in self.withheld)
        return self.deposit + self.refunds + sum(shares) + taxes


def dispute_opened(*, dispute_id: UUID, reference: str, amount: Money, fee: Money) -> Draft:
    """The payer's bank has taken the money, and the processor a fee."""
    return draft(
        "dispute.opened",
        f"dispute:{dispute_id}:opened",
        reference,
        amount.currency,
        Leg("dispute_withheld", amount.minor),
        Leg("dispute_fee", fee.minor),
        Leg("psp_available", -(amount + fee).minor),
    )


def dispute_won(*, dispute_id: UUID, reference: str, amount: Money, fee_back: Money) -> Draft:
    """The bank has given the money back, and the processor perhaps its fee."""
    return draft(
        "dispute.won",
        f"dispute:{dispute_id}:won",
        reference,
        amount.currency,
        Leg("psp_available", (amount + fee_back).minor),
        Leg("dispute_withheld", -amount.minor),
        Leg("dispute_fee", -fee_back.minor),
    )


def dispute_lost(
    *, dispute_id: UUID, reference: str, currency: str, worker: UUID | None, lost: Lost
) -> Draft:
    """The bank keeps the money of a job."""
    return draft(
        "dispute.lost",
        f"dispute:{dispute_id}:lost",
        reference,
        currency,
        Leg("customer_deposit", lost.deposit),
        Leg("refund_payable", lost.refunds),
        Leg("worker_reserve", lost.held, worker),
        Leg("worker_receivable", lost.owed, worker),
        Leg("platform_fee", lost.platform),
        Leg("tax_payable", lost.tax),
        *taxes_back(lost.withheld),
        Leg("chargeback_loss", lost.loss),
        Leg("dispute_withheld", -lost.total),
    )


def dispute_reinstated(
    *,
    dispute_id: UUID,
    reference: str,
    currency: str,
    worker: UUID | None,
    lost: Lost,
    still_owed: int,
) -> Draft:
    """What a lost dispute took is given back, because it was won on appeal after all.

    Of a worker's debt what is still owed is cancelled; what was paid of it meanwhile, and what was
    taken from what rested, comes to the wallet.
    """
    return draft(
        "dispute.reinstated",
        f"dispute:{dispute_id}:reinstated",
        reference,
        currency,
        Leg("dispute_withheld", lost.total),
        Leg("customer_deposit", -lost.deposit),
        Leg("refund_payable", -lost.refunds),
        Leg("worker_available", -(lost.held + lost.owed - still_owed), worker),
        Leg("worker_receivable", -still_owed, worker),
        Leg("platform_fee", -lost.platform),
        Leg("tax_payable", -lost.tax),
        *taxes_back(lost.withheld, sign=-1),
        Leg("chargeback_loss", -lost.loss),
    )


def tip_lost(*, dispute_id: UUID, payment_id: UUID, held: Money, loss: Money) -> Draft:
    """The bank keeps a tip: one that is held goes, an earned one is the business's loss."""
    return draft(
        "tip.lost",
        f"dispute:{dispute_id}:tip_lost",
        tip_ref(payment_id),
        held.currency,
        Leg("tip_held", held.minor),
        Leg("chargeback_loss", loss.minor),
        Leg("dispute_withheld", -(held + loss).minor),
    )


def tip_regained(*, dispute_id: UUID, payment_id: UUID, held: Money, loss: Money) -> Draft:
    """A lost tip is back, because its dispute was won on appeal after all."""
    return draft(
        "tip.regained",
        f"dispute:{dispute_id}:tip_regained",
        tip_ref(payment_id),
        held.currency,
        Leg("dispute_withheld", (held + loss).minor),
        Leg("tip_held", -held.minor),
        Leg("chargeback_loss", -loss.minor),
    )
