"""The office accepts a dispute: the payer keeps the money. Sending talks to the provider."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from kernel.timers import cancel_timers
from payments.actions.apply_dispute import REMIND, apply_dispute
from payments.actions.call_provider import call_provider
from payments.actions.send_evidence import locked_dispute, refresh_dispute
from payments.events.disputes import DisputeAccepted
from payments.models import Dispute
from payments.providers.base import DisputeFact, Provider, SaidNo
from payments.queries.permissions import demand
from payments.rules.disputes import AcceptanceUnconfirmed, DisputeDecided, EvidenceSent


@transaction.atomic
def accept_dispute(*, by: Actor, dispute_id: UUID, confirmed: bool) -> Dispute:
    """Decide not to contest a dispute: it is lost, with no way back. Safe to repeat.

    Nothing is booked before the provider says that it is lost; a worker pays a part of it only if
    somebody found them at fault before.
    """
    demand(by, "refund")
    dispute = locked_dispute(dispute_id)
    if dispute.accept_asked_at:
        return dispute
    if dispute.evidence_asked_at:
        raise EvidenceSent
    if dispute.state != Dispute.OPEN:
        raise DisputeDecided(state=dispute.state)
    if not confirmed:
        raise AcceptanceUnconfirmed(fields=["confirm"])
    dispute.accept_asked_at, dispute.accepted_by_id = clock.now(), by.member_id
    dispute.save(update_fields=["accept_asked_at", "accepted_by"])
    cancel_timers(dispute.pk, REMIND)
    publish(DisputeAccepted(dispute_id=str(dispute.pk)), by=by)
    return dispute


def send_acceptance(*, dispute_id: UUID) -> Dispute:
    """Tell the provider; if it says no, take over how the dispute really is."""
    dispute = Dispute.objects.select_related("payment").get(pk=dispute_id)
    if not dispute.accept_asked_at or dispute.state != Dispute.OPEN:
        return dispute
    ref, key = dispute.provider_ref, f"dispute:{dispute.pk}:close:1"
    try:
        fact = call_provider(
            provider=dispute.payment.provider,
            purpose="close_dispute",
            key=key,
            request=ref,
            ask=lambda provider: provider.close_dispute(ref=ref, key=key),
            named=lambda fact: fact.ref,
            find=lambda provider: _closed(provider, ref),
        )
    except SaidNo:
        return refresh_dispute(payment_id=dispute.payment_id, ref=ref)
    return apply_dispute(payment_id=dispute.payment_id, fact=fact)


def _closed(provider: Provider, ref: str) -> list[DisputeFact]:
    """Return how a dispute is, if it is not open any more."""
    fact = provider.fetch_dispute(ref)
    return [] if fact.state == Dispute.OPEN else [fact]
