"""Money goes back to whoever paid."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum

from kernel.actor import SYSTEM, Actor
from kernel.errors import Invalid
from kernel.events import publish
from kernel.ids import uuid7
from kernel.money import Money, zero
from payments.actions.locks import locked_earning_of, locked_payment
from payments.actions.post import post
from payments.actions.take_back import plan_take_back
from payments.actions.take_from_worker import take_from_worker, what_is_there
from payments.events import RefundDue
from payments.events.refunds import ShareReclaimed
from payments.models import Earning, Payment, Refund, Tip
from payments.queries import balance_of, deposit_left
from payments.queries.disputes import lost_of
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
) -> Refund:
    """Owe a payer money back, and send it.

    It comes out of what is still the customer's; beyond that out of the parts of the delivered job
    in proportion, the worker's only when the worker was at fault (then `finding` says why), else
    the business pays that too. What the worker no longer has is owed; the customer never waits for
    it. The tip is only touched when `tip` says so, and then it goes back whole; an earned one is
    paid by the business unless it was charged in error.
    """
    payment = locked_payment(payment_id)
    known = Refund.objects.filter(key=key).first()
    if known:
        return known
    check_fault(fault, finding)
    if payment.state != "captured":
        raise NotCaptured
    _check(payment, amount, tip)
    made = Refund(
        id=uuid7(),
        payment=payment,
        key=key,
        currency=payment.currency,
        amount_minor=amount.minor,
        tip_minor=tip.minor,
        reason=reason[:60],
        fault=fault,
        finding=finding.strip()[:1000],
        decided_by_id=by.member_id if by.works_in_office else None,
    )
    if amount:
        _book(made, payment)
    made.save(force_insert=True)
    if tip:
        _return_tip(made, in_error=tip_in_error)
    Payment.objects.filter(pk=payment.pk).update(
        refunded_minor=F("refunded_minor") + amount.minor + tip.minor
    )
    publish(RefundDue(refund_id=str(made.pk)), by=by)
    return made


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


def _book(made: Refund, payment: Payment) -> None:
    """Divide a refund among those who bear it, and write it into the books."""
    deposit = min(made.amount, max(deposit_left(payment), zero(payment.currency))).minor
    earning = locked_earning_of(payment)
    split, taken = Split(), ClawBack()
    if made.amount_minor > deposit:
        if earning is None:
            raise NotRefundable(fields=["amount"])
        split, taken = _of_earners(made, earning, made.amount_minor - deposit)
    made.deposit_minor, made.owed_minor = deposit, taken.receivable
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
        )
    )
    if earning and split.total:
        _note(made, earning, taken)


def _of_earners(made: Refund, earning: Earning, minor: int) -> tuple[Split, ClawBack]:
    split = split_refund(
        amount=minor, before=earning.back_minor, blocks=earning.blocks, fault=made.fault
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
