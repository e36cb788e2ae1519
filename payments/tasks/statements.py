"""Monthly statements, in the background: an owner at a time."""

from datetime import date

from celery import shared_task

from payments.actions.issue_statement import issue_until
from payments.queries.statements import owners


@shared_task(name="payments.tasks.issue_statements", acks_late=True)
def issue_statements(*, month: str, **_: object) -> None:
    """Write everybody's statements up to a month (its first day, ISO 8601). Safe to repeat."""
    for owner_id, currency in owners():
        issue_until(owner_id=owner_id, currency=currency, month=date.fromisoformat(month))
