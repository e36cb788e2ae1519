"""What is done again and again in a life: a job is booked, paid, delivered, completed."""

from contextlib import suppress
from datetime import timedelta

from kernel.errors import Refusal
from payments.actions.accrue import accrue
from payments.actions.keep_card import keep_card
from payments.actions.open_page import open_page
from payments.actions.release import release
from payments.models import Payment
from payments.rules.blocks import PriceBlocks
from tests.support.money.world import MXN, Job, World
from tests.support.worlds_money import member_id, owes

A_WEEK = timedelta(days=7)  # The visit is so far ahead: a voucher can be paid till then.
refused = suppress(Refusal)  # What somebody may try, and be told why it cannot be.


def books(
    world: World,
    worker: int,
    *,
    capture: str = "automatic",
    keeps: bool,
    with_credit: bool = False,
    share: int,
    **parts: int,
) -> Payment:
    """Let the customer owe the price of a job."""
    blocks = PriceBlocks.of(MXN, worker=share, **parts)
    waits = None if capture == "manual" else A_WEEK
    payment = owes(
        world.customer, blocks=blocks, capture=capture, waits_for=waits, with_credit=with_credit
    )
    if keeps:
        keep_card(by=world.customer, payment_id=payment.pk)
    who = world.workers[worker % 2]
    world.jobs[payment.pk] = Job(payment.pk, payment.reference, blocks, who)
    return payment


def pays(world: World, payment: Payment, card: str) -> None:
    """Let the customer try to pay on the provider's page."""
    with refused:
        open_page(by=world.customer, payment_id=payment.pk)
        payment.refresh_from_db()
        world.control(f"/sessions/{payment.page_ref}/pay", card=card)


def deliver(job: Job) -> None:
    """Let the work be done."""
    with refused:
        accrue(
            reference=job.reference,
            worker_member_id=member_id(job.worker),
            payment_id=job.payment_id,
            blocks=job.blocks,
            key=f"{job.reference}:delivered",
        )


def complete(job: Job) -> None:
    """Let nobody object to the work."""
    with refused:
        release(reference=job.reference, key=f"{job.reference}:completed")
