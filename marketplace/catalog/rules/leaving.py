"""What keeps a worker from leaving: floors above say, for only they know what was promised."""

from collections.abc import Callable
from uuid import UUID

from kernel.errors import Conflict

Tie = Callable[[UUID], bool]
_ties: dict[str, Tie] = {}


class StillExpected(Conflict):
    """Somebody is waiting for this worker."""

    code = "worker.still_expected"
    title = "You still have confirmed bookings. Finish or cancel them first."


def ties_worker(tie: Tie) -> Tie:
    """Add a question about a worker (by id) whose yes means: cannot leave now."""
    _ties[f"{tie.__module__}.{tie.__qualname__}"] = tie
    return tie


def check_free_to_leave(worker_id: UUID) -> None:
    """Refuse while anybody above still expects this worker."""
    if any(tie(worker_id) for tie in _ties.values()):
        raise StillExpected
