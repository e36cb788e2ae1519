"""Lists on their way in, for the office."""

from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from marketplace.catalog.models import ImportJob


def imports(by: Actor) -> QuerySet[ImportJob]:
    """Return the lists that this business brought along, newest first."""
    if not by.works_in_office:
        raise NotFound(what="imports")
    return ImportJob.objects.select_related("by__user").defer("content")


def import_job(by: Actor, job_id: UUID) -> ImportJob:
    """Return one list, how far it is and what was wrong with it."""
    if (job := imports(by).filter(pk=job_id).first()) is None:
        raise NotFound(what="import")
    return job
