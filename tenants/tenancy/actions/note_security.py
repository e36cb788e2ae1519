"""Something that may be an attack is written down, and said aloud when it is more than usual."""

import logging
from datetime import timedelta

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from tenants.tenancy.models import SecurityEvent, User
from tenants.tenancy.rules.security import DAYS, unusual

AGAIN = timedelta(minutes=1)

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


@transaction.atomic
def note_refusal(*, by: Actor, kind: str, door: str, code: str) -> SecurityEvent | None:
    """Note that somebody was refused at a door; who tries it all the time, once a minute."""
    alike = SecurityEvent.objects.filter(kind=kind, actor_id=by.member_id, object_id=door[:120])
    if alike.filter(at__gt=clock.now() - AGAIN).exists():
        return None
    return note_security(by=by, kind=kind, object_kind="door", object_id=door, code=code)


def note_step_up_failed(*, user: User, way: str) -> SecurityEvent:
    """Note that somebody could not prove to be who has signed in."""
    return note_security(
        by=SYSTEM, kind="step_up_failed", object_kind="user", object_id=str(user.pk), way=way
    )
