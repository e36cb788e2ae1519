"""What workers earn: moved to their accounts, told."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.actions.tell import tell_member
from payments.events import MoneyReleased, PayeeActivated, TipEarned
from payments.notices import MONEY_AVAILABLE, TIP_RECEIVED
from payments.tasks.payouts import send_allocations


@on(MoneyReleased)
def move_the_share(fact: MoneyReleased) -> None:
    """Move a worker's share to the worker's account at the provider."""
    send_allocations.delay(member_id=fact.worker_member_id)


@on(TipEarned)
def move_the_tip(fact: TipEarned) -> None:
    """Move a tip to the worker's account at the provider."""
    send_allocations.delay(member_id=fact.worker_member_id)


@on(PayeeActivated)
def move_what_waited(fact: PayeeActivated) -> None:
    """Move what was earned before there was an account."""
    send_allocations.delay(member_id=fact.member_id)


@on(MoneyReleased)
def tell_of_the_share(fact: MoneyReleased) -> None:
    """Tell the worker what a visit brought."""
    if fact.amount_minor:
        tell_member(
            member_id=UUID(fact.worker_member_id),
            notice=MONEY_AVAILABLE,
            about=fact.reference,
            amount_minor=fact.amount_minor,
            currency=fact.currency,
        )


@on(TipEarned)
def tell_of_the_tip(fact: TipEarned) -> None:
    """Tell the worker of a tip."""
    tell_member(
        member_id=UUID(fact.worker_member_id),
        notice=TIP_RECEIVED,
        about=fact.payment_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@timer("payments.send_allocations")
def allocate_again(subject_id: UUID) -> None:
    """Move what a member earned, again."""
    send_allocations.delay(member_id=str(subject_id))
