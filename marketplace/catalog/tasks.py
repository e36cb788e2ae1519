"""What the catalogue does in the background: lists that are looked at and taken in."""

from uuid import UUID

from celery import shared_task

from marketplace.catalog.actions.import_list import take_in_some


@shared_task(name="marketplace.catalog.tasks.work_on_import", acks_late=True)
def work_on_import(*, job_id: str) -> None:
    """Go through a list, some rows at a time, so that its progress can be seen."""
    while take_in_some(job_id=UUID(job_id)):
        continue
