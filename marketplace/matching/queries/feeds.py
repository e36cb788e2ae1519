"""What a calendar feed shows: own jobs, by the name of the service and nothing of the customer."""

import hashlib
from datetime import timedelta

from kernel import clock
from kernel.errors import NotFound
from marketplace.catalog.models import Worker
from marketplace.matching.models import CalendarFeed, TimeOff
from marketplace.matching.queries.weeks import jobs_in
from marketplace.matching.rules.ical import Line, written
from marketplace.matching.rules.spans import Span
from tenants.tenancy.queries import here

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def feed_of(worker: Worker) -> CalendarFeed | None:
    """Return the feed that is open, if there is one."""
    return CalendarFeed.objects.filter(worker=worker, revoked_at__isnull=True).first()


def imported_of(worker: Worker) -> int:
    """Return how many times of another calendar are closed from now on."""
    ahead = TimeOff.objects.filter(worker=worker, kind=TimeOff.IMPORTED, ends_at__gt=clock.now())
    return ahead.count()


def feed_with(secret: str) -> bytes:
    """Return the calendar that a secret opens, or nothing of anybody's."""
    kept = hashlib.sha256(secret.encode()).hexdigest()
    feeds = CalendarFeed.objects.select_related("worker")
    feed = feeds.filter(secret_hash=kept, revoked_at__isnull=True).first()
    if feed is None:
        raise NotFound(what="calendar")
    at = clock.now()
    jobs = jobs_in([feed.worker_id], Span(at - BACK, at + AHEAD))
    name = here().name
    lines = [
        Line(
            f"{job.pk}@oficio",
            Span(job.starts_at, job.ends_at),
            job.offer.service.name if job.offer else name,
        )
        for job in jobs
    ]
    return written(name, lines, at=at)
