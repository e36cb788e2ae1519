"""Statements: planned as soon as money moves, written when the month is over."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.actions.plan_statements import STATEMENTS, month_to_state, plan_statements
from payments.events import MoneyReleased, PaymentCaptured
from payments.tasks.statements import issue_statements


@on(PaymentCaptured)
def plan_for_the_business(fact: PaymentCaptured) -> None:
    """Plan this month's statements."""
    plan_statements()


@on(MoneyReleased)
def plan_for_the_worker(fact: MoneyReleased) -> None:
    """Plan this month's statements."""
    plan_statements()


@timer(STATEMENTS)
def close_the_month(subject_id: UUID) -> None:
    """Write everybody's statements, and plan the next."""
    issue_statements.delay(month=month_to_state().isoformat())
    plan_statements()
