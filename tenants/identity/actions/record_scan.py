"""Somebody looked at a badge; a month later nobody needs to know."""

from datetime import timedelta
from uuid import UUID

from kernel import clock
from kernel.timers import set_timer
from tenants.identity.models import Badge, BadgeScan, Visit
from tenants.identity.rules.onlookers import address_block, browser_family

KEPT = timedelta(days=30)


def record_scan(
    *, badge: Badge, outcome: str, address: str, user_agent: str, visit: Visit | None = None
) -> BadgeScan:
    """Keep that a badge was looked at and what the page said, but not by whom."""
    at = clock.now()
    forget_at = at.replace(hour=0, minute=0, second=0, microsecond=0) + KEPT + timedelta(days=1)
    entry = forget_at.date().isoformat()
    set_timer("identity.forget_scans", subject_id=badge.pk, at=forget_at, entry=entry)
    return BadgeScan.objects.create(
        badge=badge,
        at=at,
        ip_prefix=address_block(address, v4=24, v6=48),
        ua_family=browser_family(user_agent),
        visit=visit,
        outcome=outcome,
    )


def forget_scans(badge_id: UUID) -> int:
    """Delete a badge's scans that are older than a month; return how many."""
    old = BadgeScan.objects.filter(badge_id=badge_id, at__lt=clock.now() - KEPT)
    return old.delete()[0]
