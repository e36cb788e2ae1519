"""What payments announces of disputes."""

from kernel.events import Event, event


@event("payments.dispute_opened")
class DisputeOpened(Event):
    """The payer's bank has taken a payment back for now."""

    dispute_id: str
    payment_id: str
    reference: str
    amount_minor: int
    currency: str


@event("payments.fraud_suspected")
class FraudSuspected(Event):
    """The payer's bank suspects fraud; nobody has disputed yet."""

    dispute_id: str
    payment_id: str
    reference: str


@event("payments.dispute_decided")
class DisputeDecided(Event):
    """The payer's bank has decided: won, lost, or won on appeal."""

    dispute_id: str
    payment_id: str
    reference: str
    outcome: str
    amount_minor: int
    currency: str


@event("payments.share_held")
class ShareHeld(Event):
    """A worker's share rests because of a dispute or a warning."""

    dispute_id: str
    worker_member_id: str
    reference: str
    amount_minor: int
    currency: str


@event("payments.dispute_accepted")
class DisputeAccepted(Event):
    """The office does not contest a dispute; the provider is to be told."""

    dispute_id: str


@event("payments.evidence_asked")
class EvidenceAsked(Event):
    """Evidence is to be sent to the payer's bank."""

    dispute_id: str
