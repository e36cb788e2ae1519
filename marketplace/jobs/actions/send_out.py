"""A job goes to everybody who may do it, once each, and why is written down."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM
from kernel.ids import uuid7
from kernel.timers import set_timer
from marketplace.bookings.actions.run_wave import weights_of
from marketplace.jobs import notices
from marketplace.jobs.actions.moves import SEND_OUT
from marketplace.jobs.models import Job, Sent
from marketplace.jobs.queries.sending import KIND, SUBJECT, Sending, sending_of
from marketplace.jobs.rules.states import JobState
from marketplace.matching.rules import dispatch
from marketplace.matching.tenant_settings import DispatchSettings
from tenants.messaging.actions.notify import notify
from tenants.support.actions.record_decision import record_decision
from tenants.tenancy.queries import settings_of

AGAIN_AFTER = timedelta(hours=24)  # Whoever can do it by then hears of it too.


@transaction.atomic
def send_out(*, job_id: UUID) -> int:
    """Show an open job to everybody who may do it and has not seen it; return how many those are.

    The record names who was left out and by which rule, and can be worked out again.
    """
    rows = Job.objects.select_for_update(of=("self",)).select_related("service", "customer__user")
    job = rows.filter(pk=job_id, state=JobState.OPEN).first()
    if job is None or job.open_until is None:
        return 0
    sending = sending_of(job, weights=weights_of(settings_of(DispatchSettings)))
    decision = record_decision(
        by=SYSTEM,
        kind=KIND,
        subject_kind=SUBJECT,
        subject_id=job.pk,
        outcome="shown" if sending.names else "nobody",
        automated="full",
        **sending.record,
    )
    for name in sending.names:
        _show(job, sending, name, decision_id=decision.pk)
    again = clock.now() + AGAIN_AFTER
    if again < job.open_until:
        set_timer(SEND_OUT, subject_id=job.pk, at=again, entry=again.isoformat())
    return len(sending.names)


def _show(job: Job, sending: Sending, name: str, *, decision_id: UUID) -> None:
    offer, own = sending.found.offers[name], sending.placed[name]
    Sent.objects.create(
        id=uuid7(),
        job=job,
        worker=offer.worker,
        offer=offer,
        decision_id=decision_id,
        rank=own.rank,
        km=own.candidate.km,
        reasons=dispatch.reasons(own),
        at=clock.now(),
    )
    assert job.open_until
    notify(
        to_id=offer.worker.member_id,
        notice=notices.NEW_WORKER,
        about=f"{job.code}:new",
        code=job.code,
        service=job.service.name,
        until_at=job.open_until.isoformat(),
    )
