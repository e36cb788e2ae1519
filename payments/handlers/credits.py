"""Credits end, and people are told what they got."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.actions.credits import EXPIRE_CREDIT, expire_credit
from payments.actions.sweep import plan_sweep
from payments.events.credits import CreditGranted, WorkerCompensated
from payments.notices import COMPENSATED, CREDIT_GRANTED
from payments.tasks.payouts import send_allocations
from tenants.messaging.actions.notify import notify


@timer(EXPIRE_CREDIT)
def nobody_spent_it(subject_id: UUID) -> None:
    """Close a credit whose time is over."""
    expire_credit(credit_id=subject_id)


@on(CreditGranted)
def tell_of_the_credit(fact: CreditGranted) -> None:
    """Tell the customer."""
    notify(
        to_id=UUID(fact.customer_id),
        notice=CREDIT_GRANTED,
        about=fact.credit_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@on(WorkerCompensated)
def move_the_compensation(fact: WorkerCompensated) -> None:
    """Move it to the worker's account at the provider, and plan its day of pay."""
    send_allocations.delay(member_id=fact.worker_member_id)
    plan_sweep(member_id=UUID(fact.worker_member_id))


@on(WorkerCompensated)
def tell_of_the_compensation(fact: WorkerCompensated) -> None:
    """Tell the worker."""
    notify(
        to_id=UUID(fact.worker_member_id),
        notice=COMPENSATED,
        about=fact.entry_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )
