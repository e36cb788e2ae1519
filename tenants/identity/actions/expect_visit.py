"""The floor above says who comes to whom, and when."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from kernel import crypto, ids
from tenants.identity.models import Visit, VisitLink
from tenants.identity.queries.visits import codes_key
from tenants.identity.rules import pins
from tenants.identity.rules.badge_page import SERIAL_LENGTH


@transaction.atomic
def expect_visit(
    *,
    visit_id: UUID,
    holder_id: UUID,
    customer_id: UUID,
    reference: str,
    starts_at: datetime,
    ends_at: datetime,
    zone: str,
) -> Visit:
    """Expect a worker (`holder_id`) at a customer's (both members). Safe to repeat.

    Another worker or another day means new codes: what the old ones opened stays shut.
    """
    kid, _ = crypto.newest("badges")
    told: dict[str, Any] = {
        "worker_id": holder_id,
        "customer_id": customer_id,
        "reference": reference,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "zone": zone,
    }
    first_gen = pins.distinct_gen(codes_key(kid), visit_id, 1)
    visit, made = Visit.objects.select_for_update().get_or_create(
        pk=visit_id, defaults={**told, "kid": kid, "gen": first_gen}
    )
    if made:
        VisitLink.objects.create(visit=visit, token=ids.readable_code(SERIAL_LENGTH))
        return visit
    renew = _needs_new_codes(visit, holder_id, starts_at, zone)
    for name, value in {**told, "ended_at": None}.items():
        setattr(visit, name, value)
    if renew:
        _renew(visit)
    visit.save()
    return visit


def _needs_new_codes(visit: Visit, holder_id: UUID, starts_at: datetime, zone: str) -> bool:
    before = visit.starts_at.astimezone(ZoneInfo(visit.zone)).date()
    return visit.worker_id != holder_id or before != starts_at.astimezone(ZoneInfo(zone)).date()


def _renew(visit: Visit) -> None:
    """Give a visit its next codes, and everybody a new chance to type them."""
    visit.gen = pins.distinct_gen(codes_key(visit.kid), visit.pk, visit.gen + 1)
    visit.wrong_tries, visit.locked_until = 0, None
    visit.proved_at, visit.proved_by = None, ""
