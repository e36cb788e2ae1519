"""A worker's calendar goes out to their phone, and what they do elsewhere comes in."""

import hashlib
import secrets
from zoneinfo import ZoneInfo

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.events import publish
from marketplace.catalog.queries import own_worker
from marketplace.matching.events import CalendarChanged
from marketplace.matching.models import CalendarFeed, TimeOff
from marketplace.matching.rules.ical import ahead, busy_times

SECRET_BYTES = 32


@transaction.atomic
def make_feed(*, by: Actor) -> str:
    """Return a new secret that opens a worker's feed; the one before opens nothing any more."""
    revoke_feed(by=by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarFeed.objects.create(worker=own_worker(by), secret_hash=hashed(secret))
    return secret


@transaction.atomic
def revoke_feed(*, by: Actor) -> int:
    """Let a worker's address open nothing any more; return how many there were."""
    alive = CalendarFeed.objects.filter(worker=own_worker(by), revoked_at__isnull=True)
    return alive.update(revoked_at=clock.now())


def hashed(secret: str) -> str:
    """Return what we keep of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def import_busy(*, by: Actor, content: bytes) -> list[TimeOff]:
    """Close the times of another calendar, of which nothing else is kept; replaces the last one.

    Who is busy there is busy for all their businesses. An empty calendar takes them all away.
    """
    worker = own_worker(by)
    spans = busy_times(content, ZoneInfo(worker.zone), window=ahead(clock.now())) if content else []
    TimeOff.objects.filter(worker=worker, kind=TimeOff.IMPORTED).delete()
    made = TimeOff.objects.bulk_create(
        TimeOff(
            worker=worker,
            kind=TimeOff.IMPORTED,
            starts_at=span.starts_at,
            ends_at=span.ends_at,
        )
        for span in spans
    )
    publish(CalendarChanged(worker_id=str(worker.pk)), by=by)
    return made
