"""A card stops being valid, at the next look."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Invalid, NotFound
from kernel.events import publish
from tenants.identity.events import BadgeRevoked
from tenants.identity.models import Badge
from tenants.identity.rules.badge_page import REVOKE_REASONS


class UnknownReason(Invalid):
    code = "badge.unknown_reason"
    title = "Choose one of the reasons."


@transaction.atomic
def revoke_badge(*, by: Actor, badge_id: UUID, reason: str) -> Badge:
    """Revoke a card for one of the known reasons; a card revoked already stays as it is."""
    badges = Badge.objects.select_for_update(of=("self",)).select_related("holder")
    badge = badges.filter(pk=badge_id).first()
    if badge is None or not (by.works_in_office or by.member_id == badge.holder.member_id):
        raise NotFound(what="badge")
    if reason not in REVOKE_REASONS:
        raise UnknownReason(fields=["reason"])
    if badge.revoked_at is None:
        revoke(by=by, badge=badge, reason=reason)
    return badge


def revoke(*, by: Actor, badge: Badge, reason: str) -> None:
    """Write that a card is revoked, and announce it."""
    badge.revoked_at, badge.revoke_reason = clock.now(), reason
    badge.save(update_fields=["revoked_at", "revoke_reason"])
    member_id = str(badge.holder.member_id)
    publish(BadgeRevoked(badge_id=str(badge.pk), member_id=member_id, reason=reason), by=by)
