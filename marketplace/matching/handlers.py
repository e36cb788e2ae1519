"""What matching does when something happens elsewhere, and what it asks of workers."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from kernel.events import on
from kernel.timers import timer
from marketplace.catalog.events import ServiceEdited, WorkerEdited, WorkerStateChanged
from marketplace.catalog.queries import worker_ids_of
from marketplace.catalog.rules.readiness import Gap, readiness_check
from marketplace.matching.actions.index import STALE, index_service, index_worker
from marketplace.matching.events import CalendarChanged
from marketplace.matching.queries import plan_of
from payments.events import PayeeActivated, PayeeRestricted
from tenants.identity.events import CheckDecided, CheckExpired


@readiness_check
def has_a_plan(worker_id: UUID) -> Gap | None:
    """Ask every worker for a weekly plan before customers can book."""
    if plan_of(worker_id).exists():
        return None
    return Gap("plan", _("Set your weekly hours."), "/work/plan/")


@on(WorkerEdited)
def index_edited(fact: WorkerEdited) -> None:
    """Show what a worker offers now."""
    index_worker(worker_id=UUID(fact.worker_id))


@on(WorkerStateChanged)
def index_decided(fact: WorkerStateChanged) -> None:
    """Show or hide a worker as they stand now."""
    index_worker(worker_id=UUID(fact.worker_id))


@on(ServiceEdited)
def index_edited_service(fact: ServiceEdited) -> None:
    """Show a service as the tenant describes it now."""
    index_service(service_id=UUID(fact.service_id))


@on(CalendarChanged)
def index_calendar(fact: CalendarChanged) -> None:
    """Show when a worker is free now."""
    index_worker(worker_id=UUID(fact.worker_id))


@on(CheckDecided)
def index_checked(fact: CheckDecided) -> None:
    """Show a worker whose documents are in order, hide one whose are not."""
    _index_member(fact.member_id)


@on(CheckExpired)
def index_unchecked(fact: CheckExpired) -> None:
    """Hide a worker whose documents have run out."""
    _index_member(fact.member_id)


@on(PayeeActivated)
def index_payable(fact: PayeeActivated) -> None:
    """Show a worker who can be paid from now on."""
    _index_member(fact.member_id)


@on(PayeeRestricted)
def index_unpayable(fact: PayeeRestricted) -> None:
    """Hide a worker who cannot be paid for now."""
    _index_member(fact.member_id)


@timer(STALE)
def index_again(worker_id: UUID) -> None:
    """Find a worker's next free time, the one we knew being past."""
    index_worker(worker_id=worker_id)


def _index_member(member_id: str) -> None:
    for worker_id in worker_ids_of(UUID(member_id)):
        index_worker(worker_id=worker_id)
