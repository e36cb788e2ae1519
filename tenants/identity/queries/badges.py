"""What is known of badges, and of who looked at them."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from tenants.identity.models import Badge, BadgeScan, Holder
from tenants.tenancy.queries import address

SCANS_KEPT = timedelta(days=30)


def tenant_of_serial(serial: str) -> int | None:
    """Return whose badge has a serial: a bare number, across the wall."""
    return _number("select badge_tenant(%s)", serial)


def tenant_of_link(token: str) -> int | None:
    """Return whose visit a customer's link leads to: a bare number, across the wall."""
    return _number("select visit_link_tenant(%s)", token)


def badge_with_serial(serial: str) -> Badge | None:
    """Return a badge of this tenant, revoked or not."""
    return _badges().filter(serial=serial).first()


def badge_of(member_id: UUID) -> Badge:
    """Return the badge that a member carries now."""
    badge = _badges().filter(holder__member_id=member_id, revoked_at__isnull=True).first()
    if badge is None:
        raise NotFound(what="badge")
    return badge


def last_revoked(member_id: UUID) -> Badge | None:
    """Return the badge that a member carried last, if it was taken back and none came after it."""
    last = _badges().filter(holder__member_id=member_id).order_by("-issued_at", "-id").first()
    return last if last is not None and last.revoked_at is not None else None


def carries_badge(member_id: UUID) -> bool:
    """Tell whether a member has a badge that is valid when somebody scans it."""
    return (
        _badges()
        .filter(
            holder__member_id=member_id,
            holder__active=True,
            revoked_at__isnull=True,
            expires_at__gt=clock.now(),
        )
        .exists()
    )


def badges(*, by: Actor) -> QuerySet[Badge]:
    """Return all badges, newest first, for the office."""
    if not by.works_in_office:
        raise NotFound(what="badge")
    return _badges().order_by("-issued_at")


def scans_of(*, by: Actor) -> QuerySet[BadgeScan]:
    """Return when a worker's own badges were looked at, and with what outcome."""
    if by.role != Role.WORKER:
        raise NotFound(what="scan")
    since = clock.now() - SCANS_KEPT
    mine = BadgeScan.objects.filter(badge__holder__member_id=by.member_id, at__gte=since)
    return mine.only("at", "outcome", "live").order_by("-at")


def _badges() -> QuerySet[Badge]:
    return Badge.objects.select_related("holder__member__user")


def _number(query: str, value: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        row = cursor.fetchone()
    return None if row is None else row[0]


def holder_of(member_id: UUID) -> Holder:
    """Return what is known of a member who may carry a badge."""
    holder = Holder.objects.select_related("member__user").filter(member_id=member_id).first()
    if holder is None:
        raise NotFound(what="holder")
    return holder


def badge_address(badge: Badge) -> str:
    """Return what a badge's QR code says: all upper case, which makes the code small."""
    return address(f"/W/{badge.serial}", serves="badge").upper()
