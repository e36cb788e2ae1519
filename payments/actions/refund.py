"""Money goes back to whoever paid."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from kernel import clock
from kernel.actor import PSP, SYSTEM, Actor
from kernel.errors import Invalid
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money, zero
from payments.actions.book_fee import true_up
from payments.actions.locks import locked_earning, locked_earning_of, locked_payment
from payments.actions.post import post
from payments.actions.send_refund import refund_facts
from payments.actions.spend_credit import give_back
from payments.actions.take_back import plan_take_back
from payments.actions.take_from_worker import take_from_worker, what_is_there
from payments.events import RefundDue, RefundSucceeded
from payments.events.refunds import ShareReclaimed
from payments.models import Earning, Payment, Refund, Tip
from payments.queries import balance_of, deposit_left
from payments.queries.disputes import lost_of
from payments.queries.going_back import as_credit
from payments.rules.claw_back import ClawBack, Split, check_fault, split_refund
from payments.rules.entries import refund_due, tip_returned
from payments.rules.refusals import NotCaptured, NotRefundable


@transaction.atomic
def refund(
    *,
    by: Actor,
    payment_id: UUID,
    amount: Money,
    tip: Money,
    reason: str,
    key: str,
    fault: str = "none",
    finding: str = "",
    tip_in_error: bool = False,
    worker_pays: int | None = None,
    reference: str = "",
) -> Refund:
    """Owe a payer money back, and send it.

    It comes out of what is still the customer's; beyond that out of the parts of the delivered job
    in proportion, the worker's only when the worker was at fault (then `finding` says why), else
    the business pays that too. What the worker no longer has is owed; the customer never waits for
    it. What the card paid goes back first; what credits paid becomes a credit again, as a refund of
    its own. The tip is only touched when `tip` says so, and then it goes back whole; an earned one
    is paid by the business unless it was charged in error. `worker_pays`: what a worker at fault
    pays, to the cent, where somebody has worked it out from the work alone. `reference`: of what
    was paid ahead for several jobs, the delivered one that it is about.
    """
    payment = locked_payment(payment_id)
    known = Refund.objects.filter(key=key).first()
    if known:
        return known
    check_fault(fault, finding)
    if payment.state != "captured":
        raise NotCaptured
    _check(payment, amount, tip)
    again = as_credit(payment, amount.minor)
    by_card = amount.minor - again
    asked: dict[str, Any] = {"reason": reason[:60], "fault": fault, "about": reference}
    asked |= {"finding": finding.strip()[:1000]}
    asked |= {"decided_by_id": by.member_id if by.works_in_office else None}
    made = None
    if by_card or tip:
        card = Money(payment.currency, by_card)
        made = _owe(payment, card, key=key, tip=tip, worker_pays=worker_pays, **asked)
        if tip:
            _return_tip(made, in_error=tip_in_error)
        publish(RefundDue(refund_id=str(made.pk)), by=by)
    if again:
        key = f"{key}:credit" if made else key
        left = None if worker_pays is None else worker_pays - (made.worker_minor if made else 0)
        credit = Money(payment.currency, again)
        part = _owe(payment, credit, key=key, worker_pays=left, **asked)
        _credit_again(part)
        made = made or part
    _count(payment, card_minor=by_card + tip.minor, credit_minor=again)
    assert made
    return made


def _owe(
    payment: Payment,
    amount: Money,
    *,
    key: str,
    tip: Money | None = None,
    worker_pays: int | None = None,
    about: str = "",
    **asked: Any,
) -> Refund:
    """Write down and book what is owed to the payer one way: to the card, or as a credit."""
    made = Refund(
        id=uuid7(),
        payment=payment,
        key=key,
        currency=payment.currency,
        amount_minor=amount.minor,
        tip_minor=tip.minor if tip else 0,
        **asked,
    )
    if amount:
        _book(made, payment, worker_pays, about)
    made.save(force_insert=True)
    return made


def _credit_again(part: Refund) -> None:
    """What a credit had paid is a credit again, at once."""
    give_back(refund=part)
    part.state, part.succeeded_at = Refund.CREDITED, clock.now()
    part.save(update_fields=["state", "succeeded_at"])
    publish(RefundSucceeded(**refund_facts(part), to_credit=True), by=PSP)


def _count(payment: Payment, *, card_minor: int, credit_minor: int) -> None:
    Payment.objects.filter(pk=payment.pk).update(
        refunded_minor=F("refunded_minor") + card_minor,
        credit_back_minor=F("credit_back_minor") + credit_minor,
    )
    if payment.kind == Payment.PACKAGE:
        true_up(payment)


def _check(payment: Payment, amount: Money, tip: Money) -> None:
    if amount.minor < 0 or tip.minor < 0 or not (amount + tip):
        raise Invalid(fields=["amount", "tip"])
    given = Refund.objects.filter(payment=payment)
    so_far = given.aggregate(amount=Sum("amount_minor"), tip=Sum("tip_minor"))
    job_lost, tip_lost = lost_of(payment)
    if amount.minor + (so_far["amount"] or 0) + job_lost > payment.amount_minor and amount:
        raise NotRefundable(fields=["amount"])
    if tip.minor not in (0, payment.tip_minor) or (tip and (so_far["tip"] or tip_lost)):
        raise NotRefundable(fields=["tip"])


def _book(made: Refund, payment: Payment, worker_pays: int | None, about: str) -> None:
    """Divide a refund among those who bear it, and write it into the books."""
    deposit = min(made.amount, max(deposit_left(payment), zero(payment.currency))).minor
    earning = locked_earning_of(payment)
    if about and payment.kind == Payment.PACKAGE:
        deposit, earning = 0, locked_earning(about)
    split, taken = Split(), ClawBack()
    if made.amount_minor > deposit:
        if earning is None:
            raise NotRefundable(fields=["amount"])
        split, taken = _of_earners(made, earning, made.amount_minor - deposit, worker_pays)
    made.deposit_minor, made.owed_minor = deposit, taken.receivable
    made.withheld = earning.named(split.withheld) if earning else []
    for part in ("worker", "tenant", "platform", "tax", "loss"):
        setattr(made, f"{part}_minor", getattr(split, part))
    post(
        refund_due(
            refund_id=made.pk,
            amount=made.amount,
            deposit_minor=deposit,
            split=split,
            taken=taken,
            worker=earning.worker_id if earning else None,
            withheld=made.withheld,
        )
    )
    if earning and split.total:
        _note(made, earning, taken)


def _of_earners(
    made: Refund, earning: Earning, minor: int, worker_pays: int | None
) -> tuple[Split, ClawBack]:
    split = split_refund(
        amount=minor,
        before=earning.back_minor,
        blocks=earning.blocks,
        fault=made.fault,
        withheld=earning.taxes_kept,
        worker_pays=worker_pays if made.fault == "worker" else None,
    )
    if not split.worker:
        return split, ClawBack()
    return split, what_is_there(earning, split.worker)


def _note(made: Refund, earning: Earning, taken: ClawBack) -> None:
    Earning.objects.filter(pk=earning.pk).update(
        back_minor=F("back_minor") + made.amount_minor - made.deposit_minor
    )
    if not taken.total:
        return
    take_from_worker(
        earning=earning, taken=taken, cause="refund", about=made.pk, finding=made.finding
    )
    publish(
        ShareReclaimed(
            refund_id=str(made.pk),
            worker_member_id=str(earning.worker_id),
            reference=earning.reference,
            amount_minor=taken.total,
            owed_minor=taken.receivable,
            currency=earning.currency,
        ),
        by=SYSTEM,
    )


def _return_tip(made: Refund, *, in_error: bool) -> None:
    tip = Tip.objects.select_for_update().get(payment_id=made.payment_id)
    if tip.state == Tip.HELD:
        _post_tip(made, tip, out_of="tip_held")
        tip.state = Tip.RETURNED
        tip.save(update_fields=["state"])
    elif in_error and tip.worker_id and _covers(tip):
        _post_tip(made, tip, out_of="worker_available", worker=tip.worker_id)
        plan_take_back(
            made.payment,
            member_id=tip.worker_id,
            purpose="tip",
            minor=tip.amount_minor,
            about=f"refund:{made.pk}",
        )
    else:
        _post_tip(made, tip, out_of="goodwill")


def _post_tip(made: Refund, tip: Tip, *, out_of: str, worker: UUID | None = None) -> None:
    """Book a whole tip that goes back, out of where it is."""
    draft = tip_returned(
        refund_id=made.pk,
        payment_id=tip.payment_id,
        tip=tip.amount,
        out_of=out_of,
        worker=worker,
    )
    post(draft)


def _covers(tip: Tip) -> bool:
    assert tip.worker_id
    return balance_of(tip.worker_id, "worker_available", tip.currency) >= tip.amount
