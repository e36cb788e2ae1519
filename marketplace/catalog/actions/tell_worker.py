"""A worker hears what was decided about them."""

from uuid import UUID

from marketplace.catalog.notices import APPROVED, NEEDS_INFO, REINSTATED, REJECTED, SUSPENDED
from marketplace.catalog.queries import worker as worker_by_id
from marketplace.catalog.rules.worker_states import Step
from tenants.messaging.actions.notify import notify

NOTICES = {
    Step.APPROVE: APPROVED,
    Step.ASK_INFO: NEEDS_INFO,
    Step.REJECT: REJECTED,
    Step.SUSPEND: SUSPENDED,
    Step.REINSTATE: REINSTATED,
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
