"""Questions about money that rests."""

from uuid import UUID

from django.db.models import QuerySet

from payments.models import Hold


def holds_of(member_id: UUID) -> QuerySet[Hold]:
    """Return what rests of a member's money, with reason and end, soonest end first."""
    rows = Hold.objects.filter(member_id=member_id, remaining_minor__gt=0)
    return rows.order_by("until", "pk")
