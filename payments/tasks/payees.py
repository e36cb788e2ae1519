"""Payees, in the background."""

from uuid import UUID

from celery import shared_task

from payments.actions.onboard import refresh_payee as refresh_payee_now
from payments.tasks.again import on, or_again


@shared_task(name="payments.tasks.refresh_payee", acks_late=True)
def refresh_payee(*, payee_id: str, **_: object) -> None:
    """Look what the provider thinks of a payee."""
    or_again("payments.refresh_payee", UUID(payee_id), on(refresh_payee_now, "payee_id"))
