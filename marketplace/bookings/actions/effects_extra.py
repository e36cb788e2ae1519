"""Something extra at work: the worker proposes it, the customer approves and pays it."""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.money import Money, zero
from marketplace.bookings.actions.effects_news import tell_customer, tell_worker
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.actions.settle_extras import settle_extras
from marketplace.bookings.models import Booking, Extra
from marketplace.bookings.notices import extras as notices
from marketplace.bookings.rules import changes
from marketplace.bookings.rules.extras import (
    Agreed,
    ExtraInCash,
    ExtraInvalid,
    ExtraWaits,
    NothingExtra,
    divide_extra,
)
from marketplace.bookings.rules.lines import Kind, Line
from payments.actions.collect import collect
from payments.rules.blocks import PARTS, Item
from payments.rules.taxes import withhold_of_kept

PAY_WITHIN = timedelta(hours=24)


@effect
def propose_extra(move: Move) -> None:
    """The worker has found something more to do, and says what it would cost."""
    booking = move.booking
    label = move.reason.strip()[:80]
    if booking.in_cash:
        raise ExtraInCash
    if not label:
        raise ExtraInvalid(fields=["reason"])
    if Extra.objects.filter(booking=booking, state=Extra.PROPOSED).exists():
        raise ExtraWaits
    extra = _priced(booking, label=label, amount=int(move.facts.get("amount_minor") or 0))
    extra.save(force_insert=True)
    tell_customer(
        booking, notices.EXTRA_CUSTOMER, f"extra:{booking.version}", extra_minor=extra.total.minor
    )


def _priced(booking: Booking, *, label: str, amount: int) -> Extra:
    agreed = Agreed(
        work=booking.work_minor,
        commission=booking.commission_minor,
        fee=booking.fee_minor,
        blocks=booking.blocks,
    )
    divided = divide_extra(amount=amount, agreed=agreed)
    work = Line(kind=Kind.SURCHARGE, code="extra", label=label, unit_minor=amount)
    kept = withhold_of_kept(booking.withholdings, earned_minor=divided.blocks.worker.minor)
    return Extra(
        booking=booking,
        label=label,
        currency=booking.currency,
        lines=[asdict(work)],
        work_minor=divided.work,
        commission_minor=divided.commission,
        fee_minor=divided.fee,
        rules=booking.rules,
        fee_tax_bp=booking.fee_tax_bp,
        policy=booking.policy,
        withheld=[asdict(each) for each in kept],
        **{f"{name}_minor": getattr(divided.blocks, name).minor for name in PARTS},
    )


@effect
def answer_extra(move: Move) -> None:
    """The customer says yes, and pays; or no, and the visit goes on as it was."""
    booking = move.booking
    extra = Extra.objects.filter(booking=booking, state=Extra.PROPOSED).first()
    if extra is None:
        raise NothingExtra
    agree = move.facts.get("agree")
    if not isinstance(agree, bool):
        raise changes.AnswerMissing(fields=["agree"])
    extra.state, extra.answered_at = Extra.APPROVED if agree else Extra.REFUSED, move.at
    if agree:
        extra.payment_id = _ask_for(move, extra)
    extra.save(update_fields=["state", "answered_at", "payment_id"])
    told = notices.EXTRA_YES_WORKER if agree else notices.EXTRA_NO_WORKER
    tell_worker(booking, told, f"extra:{booking.version}", extra_minor=extra.worker_minor)


def _ask_for(move: Move, extra: Extra) -> UUID:
    booking = move.booking
    payment = collect(
        by=move.by,
        payer_id=booking.customer_id,
        reference=extra.reference,
        amount=extra.total,
        tip=zero(extra.currency),
        title=extra.label,
        capture="automatic",
        return_path=f"/bookings/{booking.code}/",
        expires_at=clock.now() + PAY_WITHIN,
        key=f"{extra.reference}:approved",
        blocks=extra.blocks,
        items=[Item(label=extra.label, quantity=1, minor=extra.work_minor)],
    )
    return payment.pk


@effect
def drop_extra(move: Move) -> None:
    """What nobody has answered about is not done."""
    waiting = Extra.objects.filter(booking=move.booking, state=Extra.PROPOSED)
    waiting.update(state=Extra.REFUSED, answered_at=move.at)


@transaction.atomic
def note_extra(*, payment_id: UUID, paid: bool) -> Extra | None:
    """Something extra was paid, or was not in time. Every fact may come twice, and late."""
    extra = Extra.objects.select_for_update().filter(payment_id=payment_id).first()
    if extra is None or extra.state == Extra.PAID:
        return extra
    extra.state = Extra.PAID if paid else Extra.UNPAID
    extra.save(update_fields=["state"])
    if paid:
        settle_extras(booking=extra.booking, by=SYSTEM)
    else:
        owed = Money(extra.currency, extra.worker_minor)
        tell_worker(
            extra.booking,
            notices.EXTRA_UNPAID_WORKER,
            f"unpaid:{extra.pk.hex[-8:]}",
            extra_minor=owed.minor,
        )
    return extra
