"""To whom a job goes: the hard rules of dispatch, without the clock and the night.

A job that waits for days is nobody's alarm: in quiet hours it is only told about later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from kernel import clock
from kernel.actor import Actor
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.dispatch import EARNED, record_of, replay
from marketplace.catalog.models import Worker
from marketplace.catalog.queries import own_worker
from marketplace.jobs.models import Job, Sent
from marketplace.matching.queries.candidates import LOOKS_BACK, Found, Request, candidates
from marketplace.matching.rules import dispatch
from marketplace.matching.rules.dispatch import Barrier
from marketplace.matching.rules.waves import Rounds, chosen
from tenants.support.models import DecisionRecord

EVERYBODY = Rounds(size=1, most=0)  # The first round goes to all who may do it.
KIND, SUBJECT = "offer", "job"
MOST_TOLD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Who is shown a job now, best first, and what is written down about it."""

    found: Found
    placed: dict[str, dispatch.Placed]
    names: list[str]
    record: dict[str, Any]


def sending_of(job: Job, *, weights: dict[str, float]) -> Sending:
    """Work out who may do a job and was not shown it yet."""
    found = candidates(_request(job))
    by_day = [
        replace(each, barriers=tuple(one for one in each.barriers if one != Barrier.QUIET))
        for each in found.candidates
    ]
    found = replace(found, candidates=by_day)
    shown = Sent.objects.filter(job=job).values_list("worker_id", flat=True)
    asked = frozenset(str(key) for key in shown)
    placed = dispatch.rank(by_day, mean_minor=found.mean_minor, weights=weights)
    order = [each.candidate.worker for each in placed]
    names = chosen(order, asked=asked, number=1, rounds=EVERYBODY)
    record = record_of(
        found, placed, weights=weights, asked=asked, offered=names, number=1, rounds=EVERYBODY
    )
    known = {each.candidate.worker: each for each in placed}
    return Sending(found=found, placed=known, names=names, record=record)


def _request(job: Job) -> Request:
    since = clock.now() - LOOKS_BACK
    done = Booking.objects.filter(state__in=EARNED, finished_at__gte=since)
    earned = done.values("worker_id").annotate(minor=Sum("worker_minor"))
    shown = Sent.objects.filter(at__gte=since).exclude(job=job)
    exposure = shown.values("worker_id").annotate(times=Count("pk"))
    self_ = Worker.objects.filter(member__user_id=job.customer.user_id)
    return Request(
        service_id=job.service_id,
        customer_id=job.customer_id,
        minutes=job.service.shortest_minutes,
        windows=[(each.starts_at, each.ends_at) for each in job.times],
        place=job.place if job.service.location == "at_customer" else None,
        language=job.customer.user.locale,
        earned={row["worker_id"]: row["minor"] for row in earned},
        exposure={row["worker_id"]: row["times"] for row in exposure},
        barriers=dict.fromkeys(self_.values_list("pk", flat=True), (Barrier.DECLINED,)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotShown:
    """A job that a worker was not shown, and the rule that kept it from them."""

    service_name: str
    at: datetime
    barrier: str


def not_shown(by: Actor) -> list[NotShown]:
    """Return the latest jobs that were not shown to a worker who offers the service, with why."""
    worker = own_worker(by)
    name = str(worker.pk)
    mine = Sent.objects.filter(worker=worker).values("job_id")
    since = clock.now() - LOOKS_BACK
    jobs = Job.objects.filter(opened_at__gte=since).exclude(pk__in=mine).select_related("service")
    latest = {each.pk: each for each in jobs.order_by("-opened_at")[:MOST_TOLD]}
    rules = rules_against(name, list(latest))
    told = [
        NotShown(service_name=job.service.name, at=job.opened_at, barrier=rules[job.pk])
        for job in latest.values()
        if job.opened_at and job.pk in rules
    ]
    return [each for each in told if each.barrier != Barrier.BLOCK]


def rules_against(worker: str, job_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return which rule kept each of some jobs from a worker, by the last record of each."""
    records = DecisionRecord.objects.filter(kind=KIND, subject_kind=SUBJECT, subject_id__in=job_ids)
    found: dict[UUID, str] = {}
    for record in records.order_by("number"):
        if (rule := replay(record).excluded.get(worker)) is not None:
            found[record.subject_id] = rule
    return found
