"""Questions about corrections of the books."""

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import Adjustment


def adjustments(by: Actor) -> QuerySet[Adjustment]:
    """Return every correction of this tenant's books to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="adjustment")
    return Adjustment.objects.select_related("asked_by__user", "decided_by__user").order_by("-pk")
