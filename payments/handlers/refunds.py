"""Refunds: sent, told."""

from uuid import UUID

from kernel.actor import PSP
from kernel.events import on
from kernel.timers import timer
from payments.events import RefundDue, RefundSucceeded
from payments.events.refunds import RefundFailed, ShareReclaimed, TakeBackPlanned
from payments.notices import REFUND_FAILED, REFUND_SENT, SHARE_TAKEN_BACK
from payments.tasks.refunds import send_refund, send_take_backs
from tenants.messaging.actions.notify import notify
from tenants.support.actions.open_case import open_case


@on(RefundDue)
def give_it_back(fact: RefundDue) -> None:
    """Send a refund."""
    send_refund.delay(refund_id=fact.refund_id)


@on(RefundSucceeded)
def tell_of_the_refund(fact: RefundSucceeded) -> None:
    """Tell whoever gets money back; of what becomes a credit, its own notice tells."""
    if fact.to_credit:
        return
    notify(
        to_id=UUID(fact.payer_id),
        notice=REFUND_SENT,
        about=fact.refund_id,
        total_minor=fact.amount_minor + fact.tip_minor,
        currency=fact.currency,
    )


@timer("payments.send_refund")
def refund_again(subject_id: UUID) -> None:
    """Send a refund, again."""
    send_refund.delay(refund_id=str(subject_id))


@on(RefundFailed)
def let_somebody_choose_another_way(fact: RefundFailed) -> None:
    """Tell the customer that it takes longer, and give the office the task."""
    notify(
        to_id=UUID(fact.payer_id),
        notice=REFUND_FAILED,
        about=f"{fact.refund_id}:{fact.reason}",
        total_minor=fact.amount_minor + fact.tip_minor,
        currency=fact.currency,
    )
    open_case(
        by=PSP,
        kind="refund_failed",
        priority="P2",
        about_kind="refund",
        about_id=UUID(fact.refund_id),
        title=f"A refund could not be sent: {fact.reason or 'no reason given'}",
        key=f"refund:{fact.refund_id}:failed",
        person_id=UUID(fact.payer_id),
    )


@on(ShareReclaimed)
def tell_the_worker_and_why(fact: ShareReclaimed) -> None:
    """Tell the worker what was taken back, and where to object."""
    notify(
        to_id=UUID(fact.worker_member_id),
        notice=SHARE_TAKEN_BACK,
        about=fact.refund_id,
        amount_minor=fact.amount_minor,
        owed_minor=fact.owed_minor,
        currency=fact.currency,
    )


@on(TakeBackPlanned)
def move_it_back(fact: TakeBackPlanned) -> None:
    """Move money back from a worker's account at the provider."""
    send_take_backs.delay(member_id=fact.member_id)


@timer("payments.send_take_backs")
def move_it_back_again(subject_id: UUID) -> None:
    """Move money back, again."""
    send_take_backs.delay(member_id=str(subject_id))
