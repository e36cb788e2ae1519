"""Somebody looked at a badge."""

from kernel import clock
from tenants.identity.models import Badge, BadgeScan, Visit
from tenants.identity.rules.onlookers import address_block, browser_family


def record_scan(
    *, badge: Badge, outcome: str, address: str, user_agent: str, visit: Visit | None = None
) -> BadgeScan:
    """Keep that a badge was looked at and what the page said, but not by whom."""
    return BadgeScan.objects.create(
        badge=badge,
        at=clock.now(),
        ip_prefix=address_block(address, v4=24, v6=48),
        ua_family=browser_family(user_agent),
        visit=visit,
        outcome=outcome,
    )
