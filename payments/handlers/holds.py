"""Money that rests: back to the wallet when its time is over, and on to the worker's account."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments.actions.hold import RELEASE_HOLD, release_hold
from payments.events.holds import HoldReleased
from payments.tasks.payouts import send_allocations


@timer(RELEASE_HOLD)
def it_rested_long_enough(subject_id: UUID) -> None:
    """Give what rested back to the wallet."""
    release_hold(hold_id=subject_id)


@on(HoldReleased)
def move_what_rested(fact: HoldReleased) -> None:
    """Move to the worker's account what a hold kept from moving."""
    send_allocations.delay(member_id=fact.member_id)
