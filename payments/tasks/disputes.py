"""Disputes, in the background."""

from uuid import UUID

from celery import shared_task

from payments.actions.accept_dispute import send_acceptance as send_acceptance_now
from payments.actions.send_evidence import send_evidence as send_evidence_now
from payments.tasks.again import on, or_again


@shared_task(name="payments.tasks.send_evidence", acks_late=True)
def send_evidence(*, dispute_id: str, **_: object) -> None:
    """Send our side of a dispute to the payer's bank."""
    or_again("payments.send_evidence", UUID(dispute_id), on(send_evidence_now, "dispute_id"))


@shared_task(name="payments.tasks.send_acceptance", acks_late=True)
def send_acceptance(*, dispute_id: str, **_: object) -> None:
    """Tell the provider that we do not contest a dispute."""
    or_again("payments.send_acceptance", UUID(dispute_id), on(send_acceptance_now, "dispute_id"))
