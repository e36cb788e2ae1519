"""Disputes: told to those concerned, given to somebody to answer, sent when answered."""

from uuid import UUID

from kernel.actor import PSP, SYSTEM
from kernel.events import on
from kernel.timers import timer
from payments.actions.apply_dispute import REMIND
from payments.events.disputes import (
    DisputeAccepted,
    DisputeDecided,
    DisputeOpened,
    EvidenceAsked,
    FraudSuspected,
    ShareHeld,
)
from payments.models import Dispute
from payments.notices import DISPUTE_DECIDED, SHARE_HELD
from payments.tasks.disputes import send_acceptance, send_evidence
from tenants.messaging.actions.notify import notify
from tenants.support.actions.open_case import open_case
from tenants.support.models import Case


@on(DisputeOpened)
def let_somebody_answer(fact: DisputeOpened) -> None:
    """Give the office the task of answering the bank."""
    _case(fact.dispute_id, "dispute", "P2", "A customer's bank took a payment back: answer it")


@on(FraudSuspected)
def ask_the_owner_to_refund(fact: FraudSuspected) -> None:
    """Ask the office whether to give the money back before it is disputed."""
    _case(fact.dispute_id, "fraud_warning", "P1", "A bank suspects fraud: refund, or dismiss it")


@on(ShareHeld)
def tell_the_worker_that_it_rests(fact: ShareHeld) -> None:
    """Tell the worker what rests, and why."""
    if fact.amount_minor:
        notify(
            to_id=UUID(fact.worker_member_id),
            notice=SHARE_HELD,
            about=fact.dispute_id,
            amount_minor=fact.amount_minor,
            currency=fact.currency,
        )


@on(DisputeDecided)
def tell_the_office_what_was_decided(fact: DisputeDecided) -> None:
    """Tell whoever answers for the dispute how it ended."""
    case = _case(fact.dispute_id, "dispute", "P3", f"The bank has decided: {fact.outcome}")
    notify(
        to_id=case.owner_id,
        notice=DISPUTE_DECIDED,
        about=f"{fact.dispute_id}:{fact.outcome}",
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@on(EvidenceAsked)
def send_it_to_the_bank(fact: EvidenceAsked) -> None:
    """Send our side."""
    send_evidence.delay(dispute_id=fact.dispute_id)


@on(DisputeAccepted)
def give_it_up(fact: DisputeAccepted) -> None:
    """Tell the provider that we do not contest it."""
    send_acceptance.delay(dispute_id=fact.dispute_id)


@timer("payments.send_acceptance")
def give_it_up_again(subject_id: UUID) -> None:
    """Tell the provider that we do not contest it, again."""
    send_acceptance.delay(dispute_id=str(subject_id))


@timer("payments.send_evidence")
def send_it_again(subject_id: UUID) -> None:
    """Send our side, again."""
    send_evidence.delay(dispute_id=str(subject_id))


@timer(REMIND)
def nobody_answered_yet(subject_id: UUID) -> None:
    """Press for an answer, two days before the bank stops listening."""
    dispute = Dispute.objects.get(pk=subject_id)
    undecided = not (dispute.evidence_asked_at or dispute.accept_asked_at)
    if dispute.state == Dispute.OPEN and undecided:
        open_case(
            by=SYSTEM,
            kind="dispute",
            priority="P1",
            about_kind="dispute",
            about_id=dispute.pk,
            title="A dispute must be answered within 48 hours",
            key=f"dispute:{dispute.pk}",
        )


def _case(dispute_id: str, kind: str, priority: str, title: str) -> Case:
    return open_case(
        by=PSP,
        kind=kind,
        priority=priority,
        about_kind="dispute",
        about_id=UUID(dispute_id),
        title=title,
        key=f"dispute:{dispute_id}",
    )
