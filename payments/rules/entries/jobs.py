"""A job's money: divided, released, moved to the payee's account."""

from uuid import UUID

from kernel.money import Money
from payments.rules.blocks import PriceBlocks
from payments.rules.entries.draft import Draft, Leg, draft


def job_accrued(*, key: str, reference: str, worker: UUID, blocks: PriceBlocks) -> Draft:
    """A job is delivered: what the customer paid is now owed to those who earned it."""
    tenant = blocks.tenant.minor
    return draft(
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


def tax_withheld(*, key: str, reference: str, worker: UUID, account: str, amount: Money) -> Draft:
    """A tax is kept back of what a worker earned with a job, for the tax office."""
    return draft(
        "tax.withheld",
        key,
        reference,
        amount.currency,
        Leg("worker_pending", amount.minor, worker),
        Leg("tax_payable", -amount.minor, sub=account),
    )


def job_released(*, key: str, reference: str, worker: UUID, amount: Money, set_off: Money) -> Draft:
    """A job is completed: the worker may take the money out, less what pays a debt."""
    return draft(
        "job.released",
        key,
        reference,
        amount.currency,
        Leg("worker_pending", amount.minor, worker),
        Leg("worker_available", -(amount - set_off).minor, worker),
        Leg("worker_receivable", -set_off.minor, worker),
    )


def payee_allocated(
    *, key: str, reference: str, payee: UUID, amount: Money, source: str = "psp_pending"
) -> Draft:
    """The processor moved money to the payee's own account there; `source` is where it was."""
    return draft(
        "payee.allocated",
        key,
        reference,
        amount.currency,
        Leg("psp_connected", amount.minor, payee),
        Leg(source, -amount.minor),
    )
