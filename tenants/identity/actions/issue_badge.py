"""A worker gets a card."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock, crypto, ids
from kernel.actor import Actor
from kernel.errors import Conflict, NotFound
from kernel.events import publish
from tenants.identity.actions.revoke_badge import revoke
from tenants.identity.events import BadgeIssued
from tenants.identity.models import Badge, Holder
from tenants.identity.rules.badge_page import HANDLE_LENGTH, SERIAL_LENGTH

VALID_FOR = timedelta(days=365)


class HolderInactive(Conflict):
    code = "badge.holder_inactive"
    title = "Only an approved worker can carry a badge."


@transaction.atomic
def issue_badge(*, by: Actor, member_id: UUID) -> Badge:
    """Issue a new card to an active holder; the one carried so far is revoked."""
    holder = Holder.objects.select_for_update().filter(member_id=member_id).first()
    if holder is None or not (by.works_in_office or by.member_id in (None, member_id)):
        raise NotFound(what="holder")
    if not holder.active:
        raise HolderInactive
    before = Badge.objects.filter(holder=holder, revoked_at__isnull=True).first()
    if before is not None:
        revoke(by=by, badge=before, reason="replaced")
    at = clock.now()
    badge = Badge.objects.create(
        serial=ids.readable_code(SERIAL_LENGTH),
        handle=ids.readable_code(HANDLE_LENGTH),
        holder=holder,
        live_kid=crypto.newest("badges")[0],
        issued_at=at,
        expires_at=at + VALID_FOR,
    )
    if before is not None:
        Badge.objects.filter(pk=before.pk).update(replaced_by=badge)
    publish(BadgeIssued(badge_id=str(badge.pk), member_id=str(member_id)), by=by)
    return badge
