"""A visit is over, or will not be."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from tenants.identity.models import Visit


@transaction.atomic
def end_visit(*, visit_id: UUID) -> Visit | None:
    """Expect nobody any more. Safe to repeat, and for a visit that nobody ever expected."""
    visit = Visit.objects.select_for_update().filter(pk=visit_id).first()
    if visit is not None and visit.ended_at is None:
        visit.ended_at = clock.now()
        visit.save(update_fields=["ended_at"])
    return visit
