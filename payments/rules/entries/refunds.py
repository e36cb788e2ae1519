"""Money that goes back to whoever paid."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from kernel.money import Money
from payments.rules.claw_back import ClawBack, Split
from payments.rules.entries.draft import Draft, Leg, draft


def refund_ref(refund_id: UUID) -> str:
    """Return what a refund is called in the ledger."""
    return f"refund:{refund_id}"


def from_worker(taken: ClawBack, worker: UUID | None) -> tuple[Leg, ...]:
    """Return the legs that take a worker's part from where it is; what is not there is owed."""
    return (
        Leg("worker_pending", taken.pending, worker),
        Leg("worker_reserve", taken.held, worker),
        Leg("worker_available", taken.available, worker),
        Leg("worker_receivable", taken.receivable, worker),
    )


def taxes_back(withheld: Sequence[Mapping[str, Any]], *, sign: int = 1) -> tuple[Leg, ...]:
    """Return the legs that give back taxes kept back of a worker's part, by their account."""
    return tuple(Leg("tax_payable", sign * each["minor"], sub=each["account"]) for each in withheld)


def refund_due(
    *,
    refund_id: UUID,
    amount: Money,
    deposit_minor: int,
    split: Split,
    taken: ClawBack,
    worker: UUID | None,
    withheld: Sequence[Mapping[str, Any]] = (),
) -> Draft:
    """We owe the customer money: of what is still theirs first, then of those who earned it."""
    return draft(
        "refund.due",
        f"refund:{refund_id}:due",
        refund_ref(refund_id),
        amount.currency,
        Leg("customer_deposit", deposit_minor),
        *from_worker(taken, worker),
        Leg("chargeback_loss", split.loss),
        Leg("tenant_pending", split.tenant),
        Leg("platform_fee", split.platform),
        Leg("tax_payable", split.tax),
        *taxes_back(withheld),
        Leg("refund_payable", -amount.minor),
    )


def refund_paid(*, refund_id: UUID, attempt: int, amount: Money, out_of: str) -> Draft:
    """The customer's money has been sent back, out of the processor's account or a bank's."""
    again = "" if attempt == 1 else f":{attempt}"
    return draft(
        "refund.paid",
        f"refund:{refund_id}{again}:succeeded",
        refund_ref(refund_id),
        amount.currency,
        Leg("refund_payable", amount.minor),
        Leg(out_of, -amount.minor),
    )


def refund_to_credit(*, refund_id: UUID, customer: UUID, amount: Money) -> Draft:
    """Instead of money the customer takes a credit of the same amount."""
    return draft(
        "refund.to_credit",
        f"refund:{refund_id}:credit",
        refund_ref(refund_id),
        amount.currency,
        Leg("refund_payable", amount.minor),
        Leg("customer_credit", -amount.minor, customer),
    )


def debt_written_off(*, debt_id: UUID, worker: UUID, reference: str, amount: Money) -> Draft:
    """What a worker still owed is forgiven."""
    return draft(
        "debt.written_off",
        f"debt:{debt_id}:written_off",
        reference,
        amount.currency,
        Leg("bad_debt", amount.minor),
        Leg("worker_receivable", -amount.minor, worker),
    )


def payee_taken_back(
    *, key: str, reference: str, payee: UUID, amount: Money, back_to: str
) -> Draft:
    """The processor moved money back from the payee's own account there."""
    return draft(
        "payee.taken_back",
        key,
        reference,
        amount.currency,
        Leg(back_to, amount.minor),
        Leg("psp_connected", -amount.minor, payee),
    )
