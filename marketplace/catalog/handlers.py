"""What the catalogue does when something happens elsewhere, or to a worker."""

from uuid import UUID

from kernel.events import on
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.actions.tell_worker import tell_worker
from marketplace.catalog.events import WorkerStateChanged
from tenants.tenancy.events import TenantOpened


@on(TenantOpened)
def begin_catalogue(fact: TenantOpened) -> None:
    """Give a new marketplace the categories and services of its niche."""
    plant_niche(niche=fact.niche)


@on(WorkerStateChanged)
def explain_decision(fact: WorkerStateChanged) -> None:
    """Tell the worker what was decided, and why."""
    tell_worker(worker_id=UUID(fact.worker_id), step=fact.step)
