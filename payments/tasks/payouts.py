"""Cash-outs and what must lie ready for them, in the background."""

from uuid import UUID

from celery import shared_task

from payments.actions.apply_payout import FINISH
from payments.actions.send_allocations import send_allocations as send_allocations_now
from payments.actions.send_payout import look_and_finish
from payments.actions.send_payout import send_payout as send_payout_now
from payments.queries import payee_for, rails_of
from payments.tasks.again import on, or_again


@shared_task(name="payments.tasks.send_payout", acks_late=True)
def send_payout(*, payout_id: str, **_: object) -> None:
    """Send a cash-out on its way."""
    or_again("payments.send_payout", UUID(payout_id), on(send_payout_now, "payout_id"))


@shared_task(name="payments.tasks.finish_payout", acks_late=True)
def finish_payout(*, payout_id: str, **_: object) -> None:
    """Take it that a cash-out has arrived for good, after a last look."""
    or_again(FINISH, UUID(payout_id), on(look_and_finish, "payout_id"))


@shared_task(name="payments.tasks.send_allocations", acks_late=True)
def send_allocations(*, member_id: str, **_: object) -> None:
    """Move what a member earned to the member's account, where that happens before cash-out."""
    payee = payee_for(UUID(member_id))
    if payee is None or rails_of(payee).allocates_at != "release":
        return
    or_again(
        "payments.send_allocations",
        UUID(member_id),
        lambda _: send_allocations_now(payee=payee),
    )
