"""What identity announces."""

from kernel.events import Event, event


@event("identity.check_submitted")
class CheckSubmitted(Event):
    """A worker handed in evidence; somebody has to look at it."""

    check_id: str
    member_id: str
    kind: str


@event("identity.check_decided")
class CheckDecided(Event):
    """A check came to `passed`, `needs_more`, `adverse_pending`, `failed` or `revoked`."""

    check_id: str
    member_id: str
    kind: str
    state: str
    reason_code: str


@event("identity.check_expired")
class CheckExpired(Event):
    """A check that had passed has run out."""

    check_id: str
    member_id: str
    kind: str


@event("identity.badge_issued")
class BadgeIssued(Event):
    """A worker has a new card."""

    badge_id: str
    member_id: str


@event("identity.badge_revoked")
class BadgeRevoked(Event):
    """A card is not valid any more."""

    badge_id: str
    member_id: str
    reason: str


@event("identity.visit_proved")
class VisitProved(Event):
    """Customer and worker have met: by PIN, by the customer's link or by a scan of the badge."""

    visit_id: str
    method: str
