"""A worker says where they go."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor
from kernel.events import publish
from marketplace.catalog.actions.publish_service import changeable_worker
from marketplace.catalog.events import WorkerEdited
from marketplace.catalog.models import Worker
from marketplace.catalog.rules.areas import Circle


@transaction.atomic
def set_area(*, by: Actor, worker_id: UUID, area: Circle) -> Worker:
    """Let a worker go anywhere within a circle."""
    worker = changeable_worker(by, worker_id)
    worker.base_latitude, worker.base_longitude = area.base.latitude, area.base.longitude
    worker.radius_km = round(area.radius_km)
    worker.save(update_fields=["base_latitude", "base_longitude", "radius_km"])
    publish(WorkerEdited(worker_id=str(worker.pk)), by=by)
    return worker
