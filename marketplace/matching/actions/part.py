"""A worker and a customer are not brought together again; nobody is told, nothing else changes."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from kernel import clock
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.queries import own_worker
from marketplace.matching.models import PairBlock
from marketplace.matching.rules.avoided import needs_a_look
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import here

SIDES = {Role.WORKER: PairBlock.WORKER, Role.CUSTOMER: PairBlock.CUSTOMER}


@transaction.atomic
def part(*, by: Actor, worker_id: UUID, customer_id: UUID) -> PairBlock:
    """Let one of a pair say: not again. Repeating changes nothing."""
    _check(by, worker_id=worker_id, customer_id=customer_id)
    block, new = PairBlock.objects.get_or_create(
        worker_id=worker_id, customer_id=customer_id, by_party=SIDES[by.role]
    )
    if new and block.by_party == PairBlock.WORKER:
        _let_somebody_look(customer_id)
    return block


@transaction.atomic
def make_up(*, by: Actor, worker_id: UUID, customer_id: UUID) -> None:
    """Take back what one said; what the other side said stands."""
    _check(by, worker_id=worker_id, customer_id=customer_id)
    mine = PairBlock.objects.filter(worker_id=worker_id, customer_id=customer_id)
    mine.filter(by_party=SIDES[by.role]).delete()


def _let_somebody_look(customer_id: UUID) -> None:
    """Ask a person of the team to look where several workers do not want to meet a customer.

    Once in half a year; what comes of it is decided by whoever looks.
    """
    at = clock.now()
    rows = PairBlock.objects.filter(customer_id=customer_id, by_party=PairBlock.WORKER)
    said = {str(worker): made_at for worker, made_at in rows.values_list("worker_id", "made_at")}
    if not needs_a_look(blocked_at=said, at=at):
        return
    with override(here().locale):
        open_case(
            by=SYSTEM,
            kind="customer_avoided",
            priority="P2",
            about_kind="customer",
            about_id=customer_id,
            title=gettext("Several workers do not want to meet this customer again"),
            key=f"avoided:{customer_id}:{at.year}:{(at.month - 1) // 6}",
            person_id=customer_id,
        )


def _check(by: Actor, *, worker_id: UUID, customer_id: UUID) -> None:
    """Let only the two themselves speak for themselves."""
    if by.role == Role.WORKER and own_worker(by).pk == worker_id:
        return
    if by.role == Role.CUSTOMER and by.member_id == customer_id:
        return
    raise NotFound(what="pair")
