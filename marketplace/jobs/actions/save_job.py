"""A customer describes work that is to be done, or changes what was described."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.ids import readable_code, uuid7
from marketplace.catalog.actions.keep_answers import keep_answers
from marketplace.catalog.models import CustomField, Service
from marketplace.catalog.queries import service as service_by_id
from marketplace.catalog.queries.fields import fields_of_service
from marketplace.catalog.rules.areas import Place, snapped
from marketplace.jobs.actions.moves import lock_job, log, step_job
from marketplace.jobs.models import Job, JobPhoto
from marketplace.jobs.rules import posting
from marketplace.jobs.rules.states import JobState
from tenants.messaging.rules.leaks import masked
from tenants.tenancy.actions.take_upload import take_upload
from tenants.tenancy.queries import here

PHOTO = "jobs.photo"
CODE_LENGTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a customer says about the work. The place is only roughly kept."""

    service_id: UUID
    text: str
    windows: Sequence[posting.Window] = ()
    budget_minor: int | None = None
    zone_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    answers: Mapping[str, object] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()


@transaction.atomic
def save_job(
    *,
    by: Actor,
    described: Described,
    job_id: UUID | None = None,
    photos: Sequence[File[bytes]] = (),
) -> Job:
    """Keep a description as a draft, or in place of an earlier one; nobody else sees it yet.

    Contacts in it are blanked out: what was hidden is told to whoever wrote it.
    """
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotAllowed
    service = _posted(described.service_id)
    if job_id is None:
        job = Job(id=uuid7(), customer_id=by.member_id, code=readable_code(CODE_LENGTH))
        job.state = JobState.DRAFT
        _describe(job, service, described)
        job.save(force_insert=True)
        log(job, "create", by=by, origin="", state=job.state)
    else:
        job = lock_job(job_id, by=by)
        _describe(job, service, described)
        step_job(job, "edit", by=by)
    _answer(by, job, service, described)
    _keep_photos(by, job, photos)
    return job


def _posted(service_id: UUID) -> Service:
    found = service_by_id(service_id)
    if found.booking_mode != Service.POST or not found.active:
        raise posting.NotPosted(fields=["service"])
    return found


def _describe(job: Job, service: Service, described: Described) -> None:
    at_customer = service.location == "at_customer"
    if at_customer and (described.latitude is None or described.longitude is None):
        raise posting.JobInvalid(fields=["place"])
    seen = masked(posting.check_text(described.text))
    windows = posting.check_windows(described.windows, at=clock.now())
    tenant = here()
    job.service, job.currency, job.zone = service, service.currency, tenant.timezone
    job.text, job.hidden = posting.check_text(seen.text), list(seen.hits)
    job.windows = [[each.starts_at.isoformat(), each.ends_at.isoformat()] for each in windows]
    job.budget_minor = posting.check_budget(described.budget_minor)
    job.zone_name, job.latitude, job.longitude = "", None, None
    if at_customer and described.latitude is not None and described.longitude is not None:
        near = snapped(Place(described.latitude, described.longitude))
        job.latitude, job.longitude = near.latitude, near.longitude
        job.zone_name = described.zone_name.strip()[:80]


def _answer(by: Actor, job: Job, service: Service, described: Described) -> None:
    asked = fields_of_service(service, target="job")
    keep_answers(
        by=by,
        subject_id=job.pk,
        fields=asked,
        given=_without_contacts(asked, described.answers),
        consents=described.consents,
    )


def _without_contacts(
    asked: Sequence[CustomField], given: Mapping[str, object]
) -> dict[str, object]:
    """Return the answers with contacts blanked out of what others read."""
    open_ = {each.code for each in asked if each.kind in ("text", "long_text")}
    open_ -= {each.code for each in asked if each.sensitive}
    return {
        code: masked(answer).text if code in open_ and isinstance(answer, str) else answer
        for code, answer in given.items()
    }


def _keep_photos(by: Actor, job: Job, photos: Sequence[File[bytes]]) -> None:
    before = JobPhoto.objects.filter(job=job).count()
    posting.check_photos(before, len(photos))
    for position, upload in enumerate(photos, before + 1):
        stored = take_upload(by=by, upload=upload, purpose=PHOTO)
        JobPhoto.objects.create(job=job, file=stored, position=position)


@transaction.atomic
def drop_photos(*, by: Actor, job_id: UUID) -> Job:
    """Take all photos off a draft."""
    job = lock_job(job_id, by=by)
    step_job(job, "edit", by=by)
    JobPhoto.objects.filter(job=job).delete()
    return job
