"""A worker hears what was decided about them."""

from uuid import UUID

from marketplace.catalog.models import Revision, WorkerService
from marketplace.catalog.notices import (
    APPROVED,
    NEEDS_INFO,
    OFFER_APPROVED,
    OFFER_REJECTED,
    REINSTATED,
    REJECTED,
    REMOVED,
    SUSPENDED,
)
from marketplace.catalog.queries import worker as worker_by_id
from marketplace.catalog.rules.worker_states import Step
from tenants.messaging.actions.notify import notify

NOTICES = {
    Step.APPROVE: APPROVED,
    Step.ASK_INFO: NEEDS_INFO,
    Step.REJECT: REJECTED,
    Step.SUSPEND: SUSPENDED,
    Step.REINSTATE: REINSTATED,
    Step.REMOVE: REMOVED,
}


def tell_worker(*, worker_id: UUID, step: str) -> None:
    """Tell a worker about a step somebody else took; of their own they know."""
    notice = NOTICES.get(Step(step))
    if notice is None:
        return
    worker = worker_by_id(worker_id)
    notify(
        to_id=worker.member_id,
        notice=notice,
        about=f"worker:{worker.pk}:{worker.state_at.isoformat()}",
        name=worker.member.user.first_name,
        note=worker.state_note,
    )


def tell_about_offer(*, worker_id: UUID, what: str, subject_id: UUID, state: str) -> None:
    """Tell a worker that a service of theirs, or a change of it, was read, and the outcome."""
    worker = worker_by_id(worker_id)
    if what == "revision":
        revision = Revision.objects.select_related("offer__service").get(pk=subject_id)
        offer, note = revision.offer, revision.reason
    else:
        offer = WorkerService.objects.select_related("service").get(pk=subject_id)
        note = offer.state_note
    notify(
        to_id=worker.member_id,
        notice=OFFER_REJECTED if state == "rejected" else OFFER_APPROVED,
        about=f"{what}:{subject_id}:{state}:{int(offer.state_at.timestamp()) if offer else 0}",
        name=worker.member.user.first_name,
        service=offer.service.name if offer else worker.headline,
        note=note,
    )
