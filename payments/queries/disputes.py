"""Questions about disputes."""

from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import Dispute, Payment, Refund, Tip
from payments.rules.disputes import Stake, stake

RUNNING = ("warned", "open", "submitted")
STILL_DUE = (Refund.DUE, Refund.FAILED, Refund.BY_BANK)


def all_disputes(by: Actor) -> QuerySet[Dispute]:
    """Return every dispute and warning of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="dispute")
    return Dispute.objects.select_related("payment__payer__user").order_by("-pk")


def dispute_by(by: Actor, dispute_id: UUID) -> Dispute:
    """Return one dispute to the office."""
    found = all_disputes(by).filter(pk=dispute_id).first()
    if found is None:
        raise NotFound(what="dispute")
    return found


def is_answerable(dispute: Dispute) -> bool:
    """Tell whether we can still say our side, or accept: there is one try."""
    decided = dispute.evidence_asked_at or dispute.accept_asked_at
    return dispute.state == Dispute.OPEN and not decided


def is_disputed(payment: Payment) -> bool:
    """Tell whether a payer's bank is disputing a payment now."""
    rows = Dispute.objects.filter(payment=payment, kind=Dispute.DISPUTE)
    return rows.filter(state__in=RUNNING).exists()


def running_disputes(payment: Payment) -> list[Dispute]:
    """Return disputes that took a payment's money and are not decided, and running warnings."""
    rows = Dispute.objects.select_related("payment").filter(payment=payment, state__in=RUNNING)
    return list(rows.filter(Q(booked=True) | Q(kind=Dispute.WARNING)).order_by("pk"))


def is_back(payment_id: UUID) -> bool:
    """Tell whether nothing of what is to go back of a payment is still under way."""
    under_way = (*STILL_DUE, Refund.SENT)
    return not Refund.objects.filter(payment_id=payment_id, state__in=under_way).exists()


def refunds_in_the_way(payment: Payment) -> list[Refund]:
    """Return refunds that are owed and not paid; a lost dispute makes them needless."""
    return list(Refund.objects.filter(payment=payment, state__in=STILL_DUE).order_by("pk"))


def stake_of(dispute: Dispute) -> Stake:
    """Return what a dispute is about, by what has gone back of its payment."""
    payment = dispute.payment
    given = Refund.objects.filter(payment=payment).aggregate(
        amount=Sum("amount_minor"), tip=Sum("tip_minor")
    )
    waiting, rest = 0, dispute.amount_minor
    for refund in refunds_in_the_way(payment):
        if refund.total.minor <= rest:
            waiting += refund.total.minor
            rest -= refund.total.minor
    return stake(
        amount=dispute.amount_minor,
        refunds_due=waiting,
        job_left=payment.amount_minor - (given["amount"] or 0),
        tip_left=payment.tip_minor - (given["tip"] or 0),
    )


def lost_of(payment: Payment) -> tuple[int, int]:
    """Return what banks have kept of a payment's job and of its tip, in minor units.

    Refunds that a lost dispute made needless are not counted: they are still there as refunds.
    """
    rows = Dispute.objects.filter(payment=payment, state=Dispute.LOST)
    found = rows.aggregate(
        all=Sum(F("amount_minor") - F("refund_minor")),
        tip=Sum(F("tip_held_minor") + F("tip_loss_minor")),
    )
    tip = found["tip"] or 0
    return (found["all"] or 0) - tip, tip


def tip_at_stake(dispute: Dispute) -> Tip | None:
    """Return the tip in a disputed payment, if there is one."""
    return Tip.objects.filter(payment_id=dispute.payment_id).first()
