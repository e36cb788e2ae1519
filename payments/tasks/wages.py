"""What was lent for cash-outs, taken back in the background."""

from uuid import UUID

from celery import shared_task

from kernel.actor import SYSTEM
from kernel.money import Money
from payments.actions.advances import REPAY, RETURN
from payments.actions.advances import repay_advances as repay_advances_now
from payments.actions.advances import return_unused as return_unused_now
from payments.actions.fund_float import fund_float as fund_float_now
from payments.tasks.again import on, or_again
from tenants.tenancy.queries import here


@shared_task(name="payments.tasks.repay_advances", acks_late=True)
def repay_advances(*, member_id: str, **_: object) -> None:
    """Take back what was lent to a worker and has settled."""
    or_again(REPAY, UUID(member_id), on(repay_advances_now, "member_id"))


@shared_task(name="payments.tasks.return_unused", acks_late=True)
def return_unused(*, payout_id: str, **_: object) -> None:
    """Take back what was lent for a cash-out that did not arrive."""
    or_again(RETURN, UUID(payout_id), on(return_unused_now, "payout_id"))


@shared_task(name="payments.tasks.fund_float", acks_late=True)
def fund_float(*, amount_minor: int, key: str, **_: object) -> None:
    """Add to the float of the tenant we work for."""
    fund_float_now(by=SYSTEM, amount=Money(here().currency, amount_minor), key=key)
