"""Questions about money that rests."""

from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import Hold


def holds_of(member_id: UUID) -> QuerySet[Hold]:
    """Return what rests of a member's money, with reason and end, soonest end first."""
    rows = Hold.objects.filter(member_id=member_id, remaining_minor__gt=0)
    return rows.order_by("until", "pk")


def holds_here(by: Actor) -> QuerySet[Hold]:
    """Return to the office all that rests of workers' money, what ends first on top."""
    if not by.works_in_office:
        raise NotFound(what="hold")
    rows = Hold.objects.select_related("member__user").filter(remaining_minor__gt=0)
    return rows.order_by("until", "pk")


def released_early(by: Actor) -> QuerySet[Hold]:
    """Return to the office what was given back before its time, by whom and why, newest first."""
    if not by.works_in_office:
        raise NotFound(what="hold")
    rows = Hold.objects.select_related("member__user", "released_by__user")
    return rows.filter(released_by__isnull=False).order_by("-closed_at", "-pk")
