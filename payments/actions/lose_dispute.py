"""A bank keeps the money: who bears it is booked, and can be undone if an appeal is won."""

from dataclasses import replace
from uuid import UUID

from django.db.models import F

from kernel import clock
from kernel.actor import PSP
from kernel.events import publish
from kernel.money import Money
from payments.actions.allocate import allocate
from payments.actions.hold import open_hold
from payments.actions.locks import locked_earning_of
from payments.actions.post import post
from payments.actions.release import earn_tip
from payments.actions.take_from_worker import take_from_worker, what_is_there
from payments.events import RefundDue
from payments.models import Debt, Dispute, Earning, Hold, Refund, Tip
from payments.queries import deposit_left
from payments.queries.disputes import refunds_in_the_way, stake_of, tip_at_stake
from payments.rules.claw_back import ClawBack, Split, split_lost
from payments.rules.disputes import Stake
from payments.rules.entries import (
    Lost,
    dispute_lost,
    dispute_reinstated,
    tip_lost,
    tip_regained,
)

PARTS = ("deposit", "held", "owed", "platform", "tax", "loss")


def book_lost(*, dispute: Dispute) -> None:
    """Book a lost dispute: refunds it made needless, the deposit, then who bears the job's part.

    The worker bears a part only where somebody found them at fault, and never a part of the tip.
    """
    at_stake = stake_of(dispute)
    earning = locked_earning_of(dispute.payment)
    deposit = min(at_stake.job, max(0, deposit_left(dispute.payment).minor))
    split, taken = _job_part(dispute, earning, at_stake.job - deposit)
    lost = Lost(
        deposit=deposit,
        refunds=at_stake.refunds,
        held=taken.held,
        owed=taken.receivable,
        platform=split.platform,
        tax=split.tax,
        loss=split.loss + at_stake.beyond,
        withheld=earning.named(split.withheld) if earning else (),
    )
    _remember(dispute, lost)
    if lost.total:
        post(
            dispute_lost(
                dispute_id=dispute.pk,
                reference=dispute.payment.reference,
                currency=dispute.currency,
                worker=earning.worker_id if earning else None,
                lost=lost,
            )
        )
    if earning and split.total:
        _note(dispute, earning, split, taken)
    _drop_refunds(dispute, at_stake)
    _lose_tip(dispute, at_stake.tip)


def _job_part(dispute: Dispute, earning: Earning | None, minor: int) -> tuple[Split, ClawBack]:
    """Divide what was earned already; the worker's part is first gathered where it can be taken."""
    if earning is None or not minor:
        return Split(loss=minor), ClawBack()
    left = max(0, earning.blocks.service.minor - earning.back_minor)
    split = split_lost(
        amount=min(minor, left),
        before=earning.back_minor,
        blocks=earning.blocks,
        fault=dispute.fault,
        withheld=earning.taxes_kept,
    )
    if minor > left:
        split = replace(split, loss=split.loss + minor - left)
    if not split.worker:
        return split, ClawBack()
    _gather(dispute, earning, split.worker)
    return split, what_is_there(earning, split.worker, only_held=True)


def _gather(dispute: Dispute, earning: Earning, minor: int) -> None:
    """Add to what rests from the pending share and the wallet, so that it can be taken."""
    missing = minor - sum(each.remaining_minor for each in earning.holds.all())
    if missing > 0:
        open_hold(
            member_id=earning.worker_id,
            amount=Money(earning.currency, missing),
            reason=Hold.DISPUTE,
            until=None,
            about=f"dispute:{dispute.pk}:lost",
            reference=earning.reference,
        )
        earning.refresh_from_db()


def _note(dispute: Dispute, earning: Earning, split: Split, taken: ClawBack) -> None:
    Earning.objects.filter(pk=earning.pk).update(back_minor=F("back_minor") + split.total)
    if taken.total:
        take_from_worker(
            earning=earning,
            taken=taken,
            cause="dispute",
            about=dispute.pk,
            finding=dispute.finding,
        )


def _remember(dispute: Dispute, lost: Lost) -> None:
    for part in PARTS:
        setattr(dispute, f"{part}_minor", getattr(lost, part))
    dispute.refund_minor, dispute.withheld = lost.refunds, list(lost.withheld)
    dispute.rounds += 1


def _drop_refunds(dispute: Dispute, at_stake: Stake) -> None:
    """The payer has the money from the bank now: what we owed of it is not owed any more."""
    rest = at_stake.refunds
    for refund in refunds_in_the_way(dispute.payment):
        if refund.total.minor <= rest:
            rest -= refund.total.minor
            Refund.objects.filter(pk=refund.pk).update(
                state=Refund.CHARGED_BACK, bank_ref=f"dispute:{dispute.pk}"
            )


def _lose_tip(dispute: Dispute, minor: int) -> None:
    tip = tip_at_stake(dispute)
    if tip is None or not minor:
        return
    held = minor if tip.state == Tip.HELD else 0
    dispute.tip_held_minor, dispute.tip_loss_minor = held, minor - held
    post(
        tip_lost(
            dispute_id=dispute.pk,
            payment_id=tip.payment_id,
            held=Money(tip.currency, held),
            loss=Money(tip.currency, minor - held),
        )
    )
    if held:
        tip.state = Tip.LOST
        tip.save(update_fields=["state"])


def give_back_lost(*, dispute: Dispute) -> None:
    """Undo a lost dispute that was won on appeal, to the cent."""
    earning = locked_earning_of(dispute.payment)
    lost = Lost(
        refunds=dispute.refund_minor,
        withheld=dispute.withheld,
        **{part: getattr(dispute, f"{part}_minor") for part in PARTS},
    )
    still_owed = _cancel_debt(dispute)
    if lost.total:
        post(
            dispute_reinstated(
                dispute_id=dispute.pk,
                reference=dispute.payment.reference,
                currency=dispute.currency,
                worker=earning.worker_id if earning else None,
                lost=lost,
                still_owed=still_owed,
            )
        )
    if earning:
        _restore(earning, lost, back=lost.held + lost.owed - still_owed)
    _owe_refunds_again(dispute.pk)
    _regain_tip(dispute)


def _cancel_debt(dispute: Dispute) -> int:
    """Close the debt that a lost dispute made, and return what was still owed of it."""
    debt = (
        Debt.objects.select_for_update(no_key=True)
        .filter(cause="dispute", about=f"dispute:{dispute.pk}", state=Debt.OPEN)
        .first()
    )
    if debt is None:
        return 0
    owed = debt.left_minor
    debt.left_minor, debt.state, debt.closed_at = 0, Debt.PAID, clock.now()
    debt.save(update_fields=["left_minor", "state", "closed_at"])
    return owed


def _restore(earning: Earning, lost: Lost, *, back: int) -> None:
    earned_part = lost.total - lost.deposit - lost.refunds
    Earning.objects.filter(pk=earning.pk).update(
        back_minor=F("back_minor") - min(earned_part, earning.back_minor),
        taken_minor=F("taken_minor") - lost.held - lost.owed,
    )
    if back:
        allocate(
            payment=earning.payment,
            member_id=earning.worker_id,
            purpose="worker",
            amount_minor=back,
            earning=earning,
        )


def _owe_refunds_again(dispute_id: UUID) -> None:
    for refund in Refund.objects.filter(
        state=Refund.CHARGED_BACK, bank_ref=f"dispute:{dispute_id}"
    ):
        refund.state, refund.bank_ref, refund.provider_ref = Refund.DUE, "", ""
        refund.attempt += 1
        refund.save(update_fields=["state", "bank_ref", "provider_ref", "attempt"])
        publish(RefundDue(refund_id=str(refund.pk)), by=PSP)


def _regain_tip(dispute: Dispute) -> None:
    held, loss = dispute.tip_held_minor, dispute.tip_loss_minor
    tip = tip_at_stake(dispute)
    if tip is None or not held + loss:
        return
    post(
        tip_regained(
            dispute_id=dispute.pk,
            payment_id=tip.payment_id,
            held=Money(tip.currency, held),
            loss=Money(tip.currency, loss),
        )
    )
    if held:
        tip.state = Tip.HELD
        tip.save(update_fields=["state"])
        earning = Earning.objects.filter(payment=tip.payment, state=Earning.RELEASED).first()
        if earning:
            earn_tip(payment=tip.payment, worker_id=earning.worker_id)
