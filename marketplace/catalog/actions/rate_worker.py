"""A worker's reputation, as floors above have worked it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kernel.actor import SYSTEM
from kernel.events import publish
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Reputation:
    """What a worker's reviews add up to: the average that people see, and on how many it stands."""

    average: float | None
    stars_sum: int
    count: int


@transaction.atomic
def rate_workers(*, reputations: Mapping[UUID, Reputation]) -> None:
    """Set what workers' reviews add up to; whose figures stay the same is left alone.

    Averages lean on the marketplace's mean, so one review may move several of them a little. All
    pages show the figure that is kept here.
    """
    for worker in Worker.objects.filter(pk__in=reputations).order_by("pk"):
        said = reputations[worker.pk]
        new = (said.average, said.stars_sum, said.count)
        if new != (worker.rating, worker.rating_sum, worker.rating_count):
            Worker.objects.filter(pk=worker.pk).update(
                rating=said.average, rating_sum=said.stars_sum, rating_count=said.count
            )
            publish(WorkerEdited(worker_id=str(worker.pk)), by=SYSTEM)


@transaction.atomic
def count_job(*, worker_id: UUID) -> None:
    """Add a finished job to a worker's record."""
    Worker.objects.filter(pk=worker_id).update(jobs_done=F("jobs_done") + 1)
    publish(WorkerEdited(worker_id=str(worker_id)), by=SYSTEM)
