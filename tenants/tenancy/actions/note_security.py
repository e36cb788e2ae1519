"""Something that may be an attack is written down, and said aloud when it is more than usual."""

import logging
from datetime import timedelta

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from tenants.tenancy.models import SecurityEvent
from tenants.tenancy.rules.security import DAYS, unusual

alarms = logging.getLogger("oficio.alarms")


@transaction.atomic
def note_security(
    *, by: Actor, kind: str, object_kind: str, object_id: str, **facts: object
) -> SecurityEvent:
    """Note what happened, by whom and to what, for those who run the machines."""
    event = SecurityEvent.objects.create(
        kind=kind,
        actor_role=by.role,
        actor_id=by.member_id,
        object_kind=object_kind,
        object_id=object_id[:120],
        facts=facts,
    )
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    alike = SecurityEvent.objects.filter(kind=kind)
    before = alike.filter(at__gte=day - timedelta(days=DAYS), at__lt=day).count()
    if unusual(kind=kind, today=alike.filter(at__gte=day).count(), days_before=before):
        alarms.error("security: %s about %s %s", kind, object_kind, event.object_id)
    return event
