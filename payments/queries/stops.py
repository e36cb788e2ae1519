"""Questions about what stops money from leaving."""

from uuid import UUID

from django.db.models import Q, QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import Freeze, PayoutStop


def open_stops() -> QuerySet[PayoutStop]:
    """Return what is stopped now, newest first."""
    at = clock.now()
    still = Q(until__isnull=True) | Q(until__gt=at)
    return PayoutStop.objects.filter(still, lifted_at__isnull=True).order_by("-pk")


def stopped_rails() -> set[str]:
    """Return the ways of paying that are closed now; an empty name means all of them."""
    return set(open_stops().values_list("rail", flat=True))


def open_freeze_of(member_id: UUID) -> Freeze | None:
    """Return why a member's wallet is frozen, if it is."""
    return Freeze.objects.filter(member_id=member_id, lifted_at__isnull=True).first()


def freezes(by: Actor) -> QuerySet[Freeze]:
    """Return every freeze to the office, open ones first, then newest first."""
    if not by.works_in_office:
        raise NotFound(what="freeze")
    rows = Freeze.objects.select_related("member__user", "frozen_by__user", "confirmed_by__user")
    return rows.order_by("-lifted_at", "-pk")
