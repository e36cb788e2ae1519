"""A worker and a customer are not brought together again; nobody is told, nothing else changes."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.queries import own_worker
from marketplace.matching.models import PairBlock

SIDES = {Role.WORKER: PairBlock.WORKER, Role.CUSTOMER: PairBlock.CUSTOMER}


@transaction.atomic
def part(*, by: Actor, worker_id: UUID, customer_id: UUID) -> PairBlock:
    """Let one of a pair say: not again. Repeating changes nothing."""
    _check(by, worker_id=worker_id, customer_id=customer_id)
    block, _ = PairBlock.objects.get_or_create(
        worker_id=worker_id, customer_id=customer_id, by_party=SIDES[by.role]
    )
    return block


@transaction.atomic
def make_up(*, by: Actor, worker_id: UUID, customer_id: UUID) -> None:
    """Take back what one said; what the other side said stands."""
    _check(by, worker_id=worker_id, customer_id=customer_id)
    mine = PairBlock.objects.filter(worker_id=worker_id, customer_id=customer_id)
    mine.filter(by_party=SIDES[by.role]).delete()


def _check(by: Actor, *, worker_id: UUID, customer_id: UUID) -> None:
    """Let only the two themselves speak for themselves."""
    if by.role == Role.WORKER and own_worker(by).pk == worker_id:
        return
    if by.role == Role.CUSTOMER and by.member_id == customer_id:
        return
    raise NotFound(what="pair")
