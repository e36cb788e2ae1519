"""What the catalogue does when something happens elsewhere, or to a worker."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from marketplace.catalog.actions.decide_worker import PAUSE_ENDS, end_pause
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.actions.suspend import (
    BEGINS,
    LAPSES,
    begin_suspension,
    end_suspensions,
    lapse_suspension,
)
from marketplace.catalog.actions.tell_worker import tell_about_offer, tell_worker
from marketplace.catalog.events import ImportRequested, OfferDecided, WorkerStateChanged
from marketplace.catalog.tasks import work_on_import
from tenants.tenancy.events import TenantOpened


@on(TenantOpened)
def begin_catalogue(fact: TenantOpened) -> None:
    """Give a new marketplace the categories and services of its niche."""
    plant_niche(niche=fact.niche)


@on(WorkerStateChanged)
def explain_decision(fact: WorkerStateChanged) -> None:
    """Tell the worker what was decided, and why."""
    tell_worker(worker_id=UUID(fact.worker_id), step=fact.step)


@on(OfferDecided)
def explain_reading(fact: OfferDecided) -> None:
    """Tell the worker what the team made of their words."""
    tell_about_offer(
        worker_id=UUID(fact.worker_id),
        what=fact.what,
        subject_id=UUID(fact.subject_id),
        state=fact.state,
    )


@on(WorkerStateChanged)
def close_suspension(fact: WorkerStateChanged) -> None:
    """What was open about somebody who works again, or is gone, is over."""
    if fact.step in ("reinstate", "leave", "remove"):
        end_suspensions(worker_id=UUID(fact.worker_id))


@timer(PAUSE_ENDS)
def pause_is_over(worker_id: UUID) -> None:
    """The day has come that a worker named."""
    end_pause(worker_id=worker_id)


@timer(BEGINS)
def notice_is_over(suspension_id: UUID) -> None:
    """What a person decided and announced begins."""
    begin_suspension(suspension_id=suspension_id)


@timer(LAPSES)
def nobody_wrote_a_decision(suspension_id: UUID) -> None:
    """Seventy-two hours have gone by without a decision in writing."""
    lapse_suspension(suspension_id=suspension_id)


@on(ImportRequested)
def go_through_a_list(fact: ImportRequested) -> None:
    """Look at a list, or take it in, in the background."""
    work_on_import.delay(job_id=fact.job_id)
