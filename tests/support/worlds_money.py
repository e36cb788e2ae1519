"""Worlds with money in them, made by the product's own actions on the fake provider."""

from datetime import timedelta
from uuid import UUID, uuid4

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.money import Money
from payments.actions.accrue import accrue
from payments.actions.apply_payee import apply_payee
from payments.actions.apply_payment import apply_payment
from payments.actions.collect import collect
from payments.actions.open_payee import open_payee
from payments.actions.release import release
from payments.models import Payee, Payment
from payments.providers.base import PayeeFact, PaymentFact
from payments.providers.fake import fake
from payments.rules.blocks import PriceBlocks

WORKED = PriceBlocks.of(
    "MXN", worker=51_040, tip=5_000, tenant=5_248, platform=580, processor=2_672, tax=1_360
)


def owes(
    payer: Actor,
    *,
    blocks: PriceBlocks = WORKED,
    reference: str = "",
    capture: str = "automatic",
    open_for: timedelta = timedelta(hours=1),
    waits_for: timedelta | None = None,
    with_credit: bool = False,
) -> Payment:
    """Let a customer owe the price of a job."""
    assert payer.member_id is not None
    about = reference or f"booking:{uuid4()}"
    return collect(
        by=payer,
        payer_id=payer.member_id,
        reference=about,
        amount=blocks.service,
        tip=blocks.tip,
        title="Paseo de una hora",
        capture=capture,
        return_path="/bookings/",
        expires_at=clock.now() + open_for,
        waits_until=None if waits_for is None else clock.now() + waits_for,
        key=f"{about}:charge",
        with_credit=with_credit,
    )


def reported(payment: Payment, state: str = "captured", **facts: object) -> Payment:
    """Let the provider report how far a payment is; a captured one has settled unless told."""
    known = {
        "intent_ref": f"pi_{payment.pk.hex}",
        "charge_ref": f"ch_{payment.pk.hex}",
        "instrument": f"card:{payment.payer_id}",
        "method": "Visa ···· 4242",
    }
    if state == "captured":
        known |= {"fee_minor": 0, "settles_at": clock.now()}
    fact = PaymentFact(state=state, **{**known, **facts})
    return apply_payment(payment_id=payment.pk, fact=fact)


def paid(payer: Actor, **asked: object) -> Payment:
    """Let a customer owe the price of a job, and pay it."""
    return reported(owes(payer, **asked))


def done(payment: Payment, worker: Actor, *, blocks: PriceBlocks = WORKED) -> None:
    """Let a paid job be delivered and completed by a worker."""
    assert worker.member_id is not None
    accrue(
        reference=payment.reference,
        worker_member_id=worker.member_id,
        payment_id=payment.pk,
        blocks=blocks,
        key=f"{payment.reference}:delivered",
    )
    release(reference=payment.reference, key=f"{payment.reference}:completed")


def earns(worker: Actor, minor: int, *, payer: Actor, currency: str = "MXN") -> Payment:
    """Let a worker earn an amount with one job, nothing taken off."""
    blocks = PriceBlocks.of(currency, worker=minor)
    payment = paid(payer, blocks=blocks)
    done(payment, worker, blocks=blocks)
    return payment


def can_be_paid(worker: Actor) -> Payee:
    """Let a worker have an active payout account."""
    payee = open_payee(by=worker)
    account_ref = f"acct_{payee.pk.hex}"
    Payee.objects.filter(pk=payee.pk).update(account_ref=account_ref)
    fake().payees[account_ref] = "active"
    return apply_payee(
        payee_id=payee.pk,
        fact=PayeeFact(
            state="active", destination="Banco ···· 6789", instrument=f"bank:{account_ref}"
        ),
    )


def mxn(minor: int) -> Money:
    """Return Mexican pesos."""
    return Money("MXN", minor)


def by_system() -> Actor:
    """Return the system as an actor."""
    return SYSTEM


def member_id(actor: Actor) -> UUID:
    """Return the membership an actor acts with."""
    assert actor.member_id is not None
    return actor.member_id
