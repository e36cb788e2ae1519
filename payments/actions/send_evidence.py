"""Our side of a dispute: drafted, written by a person, sent once. Sending talks to the provider."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.events import publish
from payments.actions.apply_dispute import apply_dispute, apply_warning
from payments.actions.call_provider import call_provider
from payments.actions.hold_for_dispute import free_share
from payments.events.disputes import EvidenceAsked
from payments.models import Dispute
from payments.providers import provider_of
from payments.providers.base import SaidNo
from payments.queries import payment_of
from payments.queries.permissions import demand
from payments.rules.claw_back import check_fault
from payments.rules.debts import check_reason
from payments.rules.disputes import DisputeDecided, DisputeGivenUp, EvidenceSent


@transaction.atomic
def draft_evidence(*, dispute_id: UUID, words: str) -> Dispute:
    """Keep what is known of the job as a draft, for a person to complete; never over theirs."""
    dispute = locked_dispute(dispute_id)
    if not dispute.evidence:
        dispute.evidence = words[:15_000]
        dispute.save(update_fields=["evidence"])
    return dispute


@transaction.atomic
def hand_in_evidence(*, by: Actor, dispute_id: UUID, words: str) -> Dispute:
    """Send our side to the payer's bank; there is only one try."""
    demand(by, "refund")
    check_reason(words)
    dispute = locked_dispute(dispute_id)
    if dispute.evidence_asked_at:
        raise EvidenceSent
    if dispute.accept_asked_at:
        raise DisputeGivenUp
    if dispute.state != Dispute.OPEN:
        raise DisputeDecided(state=dispute.state)
    dispute.evidence, dispute.evidence_asked_at = words.strip()[:15_000], clock.now()
    dispute.save()
    publish(EvidenceAsked(dispute_id=str(dispute.pk)), by=by)
    return dispute


@transaction.atomic
def find_fault(*, by: Actor, dispute_id: UUID, fault: str, finding: str) -> Dispute:
    """Decide whose fault it was, before the bank decides; only then may a worker have to pay."""
    demand(by, "refund")
    check_fault(fault, finding)
    dispute = locked_dispute(dispute_id)
    if not dispute.running or dispute.kind != Dispute.DISPUTE:
        raise DisputeDecided(state=dispute.state)
    dispute.fault, dispute.finding = fault, finding.strip()[:1000]
    dispute.decided_by_id = by.member_id
    dispute.save()
    return dispute


@transaction.atomic
def dismiss_warning(*, by: Actor, dispute_id: UUID) -> Dispute:
    """Take a suspicion as unfounded: what rested goes back to the worker."""
    demand(by, "hold")
    dispute = locked_dispute(dispute_id)
    if dispute.kind != Dispute.WARNING or not dispute.running:
        raise DisputeDecided(state=dispute.state)
    dispute.state, dispute.closed_at = Dispute.CLOSED, clock.now()
    dispute.decided_by_id = by.member_id
    dispute.save()
    free_share(dispute=dispute)
    return dispute


def send_evidence(*, dispute_id: UUID) -> Dispute:
    """Send what was handed in; a definite no leaves the dispute for a person to look at."""
    dispute = Dispute.objects.select_related("payment").get(pk=dispute_id)
    if not dispute.evidence_asked_at or dispute.evidence_sent_at:
        return dispute
    key, words = f"dispute:{dispute.pk}:evidence:1", dispute.evidence
    try:
        fact = call_provider(
            provider=dispute.payment.provider,
            purpose="evidence",
            key=key,
            request=(dispute.provider_ref, words),
            ask=lambda provider: provider.send_evidence(
                ref=dispute.provider_ref, words=words, key=key
            ),
            named=lambda fact: fact.ref,
        )
    except SaidNo:
        return refresh_dispute(payment_id=dispute.payment_id, ref=dispute.provider_ref)
    Dispute.objects.filter(pk=dispute.pk).update(evidence_sent_at=clock.now())
    return apply_dispute(payment_id=dispute.payment_id, fact=fact)


def refresh_dispute(*, payment_id: UUID, ref: str) -> Dispute:
    """Look at the provider how far a dispute is, and take it over."""
    fact = provider_of(_provider(payment_id)).fetch_dispute(ref)
    return apply_dispute(payment_id=payment_id, fact=fact)


def refresh_warning(*, payment_id: UUID, ref: str) -> Dispute:
    """Look at the provider what a bank warns of, and take it over."""
    cause = provider_of(_provider(payment_id)).fetch_warning(ref)
    return apply_warning(payment_id=payment_id, ref=ref, cause=cause)


def _provider(payment_id: UUID) -> str:
    return payment_of(payment_id).provider


def locked_dispute(dispute_id: UUID) -> Dispute:
    """Lock a dispute of this tenant; its payment comes along, unlocked."""
    try:
        return (
            Dispute.objects.select_related("payment")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=dispute_id)
        )
    except Dispute.DoesNotExist:
        raise NotFound(what="dispute") from None
