"""What each business fact writes into the ledger: which accounts, which side, how much.

A debit is positive, a credit negative, so every draft sums to zero. The database has the last
word: its own allow list names the accounts that each kind of entry may touch.
"""

from dataclasses import dataclass
from uuid import UUID

from kernel.money import Money
from payments.rules.blocks import PriceBlocks


class Unbalanced(ValueError):
    """The legs of a draft do not sum to zero. Always a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One posting to be: an account, named by what it is for, and a signed amount."""

    account: str
    minor: int
    owner: UUID | None = None
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry to be. `key` is the business fact it stands for; `ref` what it is about."""

    kind: str
    key: str
    ref: str
    currency: str
    legs: tuple[Leg, ...]

    def __post_init__(self) -> None:
        if sum(leg.minor for leg in self.legs) != 0:
            raise Unbalanced(self.kind)


def _draft(kind: str, key: str, ref: str, currency: str, *legs: Leg) -> Draft:
    """Return a draft without its empty legs."""
    return Draft(kind, key, ref, currency, tuple(leg for leg in legs if leg.minor))


def charge_captured(*, payment_id: UUID, reference: str, amount: Money) -> Draft:
    """The customer's money for a job has arrived at the processor; it is still the customer's."""
    return _draft(
        "charge.captured",
        f"charge:{payment_id}:captured",
        reference,
        amount.currency,
        Leg("psp_pending", amount.minor),
        Leg("customer_deposit", -amount.minor),
    )


def tip_ref(payment_id: UUID) -> str:
    """Return what a tip is called in the ledger; nothing else may touch its money."""
    return f"tip:{payment_id}"


def tip_captured(*, payment_id: UUID, tip: Money) -> Draft:
    """A tip has arrived at the processor, and is held for the worker."""
    return _draft(
        "tip.captured",
        f"tip:{payment_id}:captured",
        tip_ref(payment_id),
        tip.currency,
        Leg("psp_pending", tip.minor),
        Leg("tip_held", -tip.minor),
    )


def tip_earned(*, payment_id: UUID, worker: UUID, tip: Money) -> Draft:
    """The whole tip becomes the worker's."""
    return _draft(
        "tip.earned",
        f"tip:{payment_id}:earned",
        tip_ref(payment_id),
        tip.currency,
        Leg("tip_held", tip.minor),
        Leg("worker_available", -tip.minor, worker),
    )


def psp_fee(*, payment_id: UUID, reference: str, fee: Money) -> Draft:
    """What the processor really keeps of a charge."""
    return _draft(
        "psp.fee",
        f"charge:{payment_id}:fee",
        reference,
        fee.currency,
        Leg("psp_fee", fee.minor),
        Leg("psp_pending", -fee.minor),
    )


def fee_trued_up(*, payment_id: UUID, reference: str, estimate: Money, real: Money) -> Draft:
    """The business bears, or keeps, the difference between the fee we expected and the real one."""
    short = real.minor - estimate.minor
    return _draft(
        "fee.trued_up",
        f"charge:{payment_id}:fee_trued_up",
        reference,
        real.currency,
        Leg("tenant_pending", short),
        Leg("psp_fee_recovered", -short),
    )


def job_accrued(*, key: str, reference: str, worker: UUID, blocks: PriceBlocks) -> Draft:
    """A job is delivered: what the customer paid is now owed to those who earned it."""
    tenant = blocks.tenant.minor
    return _draft(
        "job.accrued",
        key,
        reference,
        blocks.currency,
        Leg("customer_deposit", blocks.service.minor),
        Leg("worker_pending", -blocks.worker.minor, worker),
        Leg("tenant_pending", -tenant),
        Leg("platform_fee", -blocks.platform.minor),
        Leg("psp_fee_recovered", -blocks.processor.minor),
        Leg("tax_payable", -blocks.tax.minor),
    )


def job_released(*, key: str, reference: str, worker: UUID, amount: Money) -> Draft:
    """A job is completed: the worker may take the money out."""
    return _draft(
        "job.released",
        key,
        reference,
        amount.currency,
        Leg("worker_pending", amount.minor, worker),
        Leg("worker_available", -amount.minor, worker),
    )


def payee_allocated(*, key: str, reference: str, payee: UUID, amount: Money) -> Draft:
    """The processor moved money to the payee's own account there."""
    return _draft(
        "payee.allocated",
        key,
        reference,
        amount.currency,
        Leg("psp_connected", amount.minor, payee),
        Leg("psp_pending", -amount.minor),
    )


def cashout_ref(payout_id: UUID) -> str:
    """Return what a cash-out is called in the ledger."""
    return f"cashout:{payout_id}"


def cashout_requested(
    *, payout_id: UUID, attempt: int, worker: UUID, amount: Money, fee: Money, fee_from: str
) -> Draft:
    """A worker takes money out; `fee_from` says who pays the fee, worker or tenant."""
    paid_by_worker = fee.minor if fee_from == "worker" else 0
    return _draft(
        "cashout.requested",
        f"cashout:{payout_id}:{attempt}",
        cashout_ref(payout_id),
        amount.currency,
        Leg("worker_available", amount.minor + paid_by_worker, worker),
        Leg("tenant_pending", fee.minor - paid_by_worker),
        Leg("worker_in_transit", -amount.minor, worker),
        Leg("cashout_fee", -fee.minor),
    )


def cashout_paid(
    *, payout_id: UUID, attempt: int, worker: UUID, payee: UUID, amount: Money
) -> Draft:
    """The bank has the money."""
    return _draft(
        "cashout.paid",
        f"cashout:{payout_id}:{attempt}:paid",
        cashout_ref(payout_id),
        amount.currency,
        Leg("worker_in_transit", amount.minor, worker),
        Leg("psp_connected", -amount.minor, payee),
    )


def refund_ref(refund_id: UUID) -> str:
    """Return what a refund is called in the ledger."""
    return f"refund:{refund_id}"


def refund_due(*, refund_id: UUID, deposit: Money, goodwill: Money) -> Draft:
    """We owe the customer money: out of what is still theirs, or out of the business's pocket."""
    return _draft(
        "refund.due",
        f"refund:{refund_id}:due",
        refund_ref(refund_id),
        deposit.currency,
        Leg("customer_deposit", deposit.minor),
        Leg("goodwill", goodwill.minor),
        Leg("refund_payable", -(deposit + goodwill).minor),
    )


def tip_returned(*, refund_id: UUID, payment_id: UUID, tip: Money, held: bool) -> Draft:
    """A tip goes back; one that was earned stays with the worker, and the business pays it."""
    return _draft(
        "tip.returned",
        f"refund:{refund_id}:tip",
        tip_ref(payment_id),
        tip.currency,
        Leg("tip_held" if held else "goodwill", tip.minor),
        Leg("refund_payable", -tip.minor),
    )


def refund_paid(*, refund_id: UUID, amount: Money) -> Draft:
    """The processor has sent the customer's money back."""
    return _draft(
        "refund.paid",
        f"refund:{refund_id}:succeeded",
        refund_ref(refund_id),
        amount.currency,
        Leg("refund_payable", amount.minor),
        Leg("psp_pending", -amount.minor),
    )
