"""A worker's part of a refund or a lost dispute is taken from where it is, else it is owed."""

from uuid import UUID

from django.db.models import F

from kernel.money import Money
from payments.actions.debts import owe
from payments.actions.hold import shrink
from payments.actions.locks import lock_payee_of
from payments.actions.open_payee import payee_of
from payments.actions.take_back import plan_take_back
from payments.models import Earning, Hold
from payments.queries import balance_of
from payments.rules.claw_back import ClawBack, claw_back


def what_is_there(earning: Earning, minor: int, *, only_held: bool = False) -> ClawBack:
    """Say where a worker's part would come from now; a lost dispute's only from what rests.

    The worker's payee is locked until the transaction ends, so that nothing of it goes meanwhile.
    """
    payee_of(earning.worker_id)
    lock_payee_of(earning.worker_id)
    available = balance_of(earning.worker_id, "worker_available", earning.currency).minor
    return claw_back(
        due=minor,
        pending=0 if only_held else earning.pending_minor,
        held=sum(hold.remaining_minor for hold in _holds(earning)),
        available=0 if only_held else available,
    )


def take_from_worker(
    *, earning: Earning, taken: ClawBack, cause: str, about: UUID, finding: str
) -> None:
    """Note what an entry has taken: off the pending share, off its holds, as a debt."""
    Earning.objects.filter(pk=earning.pk).update(
        pending_minor=F("pending_minor") - taken.pending,
        taken_minor=F("taken_minor") + taken.total,
    )
    moved = taken.available + _empty_holds(earning, taken.held)
    if taken.receivable:
        owe(
            member_id=earning.worker_id,
            amount=Money(earning.currency, taken.receivable),
            cause=cause,
            about=f"{cause}:{about}",
            reference=earning.reference,
            finding=finding,
        )
    if moved:
        plan_take_back(
            earning.payment,
            member_id=earning.worker_id,
            purpose="worker",
            minor=moved,
            about=f"{cause}:{about}",
        )


def _holds(earning: Earning) -> list[Hold]:
    rows = Hold.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(earning=earning, remaining_minor__gt=0).order_by("pk"))


def _empty_holds(earning: Earning, minor: int) -> int:
    """Take an amount off a job's holds; return what of it lay on the payee's own account."""
    rest, moved = minor, 0
    for hold in _holds(earning):
        part = min(rest, hold.remaining_minor)
        if part:
            moved += part - min(part, hold.unmoved_minor)
            shrink(hold, part)
            rest -= part
    return moved
