"""A worker's reputation, as floors above have worked it out."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from kernel.actor import SYSTEM
from kernel.events import publish
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import Worker


@transaction.atomic
def rate_worker(*, worker_id: UUID, stars_sum: int, count: int) -> None:
    """Set what all published reviews of a worker add up to."""
    Worker.objects.filter(pk=worker_id).update(rating_sum=stars_sum, rating_count=count)
    publish(WorkerEdited(worker_id=str(worker_id)), by=SYSTEM)


@transaction.atomic
def count_job(*, worker_id: UUID) -> None:
    """Add a finished job to a worker's record."""
    Worker.objects.filter(pk=worker_id).update(jobs_done=F("jobs_done") + 1)
    publish(WorkerEdited(worker_id=str(worker_id)), by=SYSTEM)
