"""What is known of a visit: its codes, its link, who is expected today."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from kernel import crypto
from kernel.errors import NotFound
from tenants.identity.models import Visit, VisitLink
from tenants.identity.rules import pins
from tenants.tenancy.queries import address

CODES_KEY = "oficio/visit-codes/v1"


@dataclass(frozen=True, slots=True)
class VisitCodes:
    """Both codes of a visit. The worker may see the first, the customer both, from a moment on."""

    visit_code: str
    start_pin: str
    shown_from: datetime


def visit(visit_id: UUID) -> Visit:
    """Return a visit with its two people; callers have authorised."""
    try:
        return _visits().get(pk=visit_id)
    except Visit.DoesNotExist:
        raise NotFound(what="visit") from None


def codes_of(visit_id: UUID) -> VisitCodes:
    """Work out the codes of a visit. Never send `start_pin` to the worker."""
    found = visit(visit_id)
    key = codes_key(found.kid)
    return VisitCodes(
        visit_code=pins.code(key, "visit", found.pk, found.gen),
        start_pin=pins.code(key, "start", found.pk, found.gen),
        shown_from=found.starts_at - pins.SHOWN_BEFORE,
    )


def codes_key(kid: int) -> bytes:
    """Return the key that codes are derived with."""
    return crypto.derive(crypto.ring("badges")[kid], CODES_KEY)


def visit_link(visit_id: UUID) -> str:
    """Return the address of the customer's own page about a visit."""
    token = VisitLink.objects.filter(visit_id=visit_id).values_list("token", flat=True).first()
    if token is None:
        raise NotFound(what="visit")
    return address(f"/B/{token}", serves="badge")


def visit_behind(token: str) -> Visit | None:
    """Return the visit that a customer's link leads to, at this tenant."""
    link = VisitLink.objects.filter(token=token).values_list("visit_id", flat=True).first()
    return None if link is None else _visits().filter(pk=link).first()


def expected_today(worker_id: UUID, *, at: datetime) -> list[Visit]:
    """Return a worker's visits of today, each day being that of the visit's own zone."""
    near = _visits().filter(worker_id=worker_id, ended_at__isnull=True)
    return [each for each in near if _same_day(each, at)]


def _same_day(each: Visit, at: datetime) -> bool:
    zone = ZoneInfo(each.zone)
    return each.starts_at.astimezone(zone).date() == at.astimezone(zone).date()


def _visits() -> QuerySet[Visit]:
    return Visit.objects.select_related("worker__user", "customer__user")
