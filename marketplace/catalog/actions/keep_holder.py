"""Identity hears from here who may carry a badge, what they do and how they look."""

from kernel.actor import Actor
from marketplace.catalog.models import Worker
from marketplace.catalog.rules.worker_states import VISIBLE
from tenants.identity.actions.set_holder import set_holder


def keep_holder(*, by: Actor, worker: Worker) -> None:
    """Tell identity how a worker stands, from the first approval on; the first gives a badge.

    Call it inside the transaction that changed the worker.
    """
    if worker.approved_at is not None:
        set_holder(
            by=by,
            member_id=worker.member_id,
            active=worker.state in VISIBLE,
            line=worker.headline,
            photo_id=worker.photo_id,
        )
