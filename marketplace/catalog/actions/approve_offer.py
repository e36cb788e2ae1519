"""What workers say of a service is read before customers see it; till then the old text stays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import NotFound
from kernel.events import publish
from marketplace.catalog.actions.keep_answers import keep_answers
from marketplace.catalog.events import (
    OfferDecided,
    RevisionProposed,
    ServicePublished,
    WorkerEdited,
)
from marketplace.catalog.models import CustomField, FieldValue, Revision, Worker, WorkerService
from marketplace.catalog.queries.approvals import pending_revision
from marketplace.catalog.queries.fields import fields_of_service, fields_of_worker, raw_answers
from marketplace.catalog.rules.custom_fields import check_answers
from marketplace.catalog.rules.offer_states import (
    LIVE,
    OFFER_PHOTO,
    OfferState,
    OfferStep,
    OfferStepIllegal,
    check_about,
    check_rejection,
    needs_reading,
    take_offer_step,
)
from marketplace.catalog.rules.worker_states import State
from marketplace.catalog.tenant_settings import ApprovalSettings
from tenants.tenancy.models import StoredFile
from tenants.tenancy.queries import settings_of

Changes = list[dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a worker says about a service: what is None, or not mentioned, stays as it is."""

    about: str | None = None
    photo_ids: Sequence[UUID] | None = None
    answers: Mapping[str, object] = field(default_factory=dict)
    consents: Collection[str] = ()


@transaction.atomic
def describe_offer(*, by: Actor, offer_id: UUID, said: Description) -> WorkerService:
    """Keep what a worker says about a service; what has to be read first waits in a revision."""
    offer = _locked(by, offer_id)
    check_about(said.about or "", len(said.photo_ids or ()))
    _check_photos(offer, said.photo_ids)
    live = OfferState(offer.state) in LIVE and settings_of(ApprovalSettings).words
    changes = _changes(offer, said)
    if live and changes:
        _wait(by, offer.worker, offer, changes)
    else:
        _set(offer, {str(each["key"]): each["now"] for each in changes})
    asked = fields_of_service(offer.service, target="service")
    answer_or_wait(
        by=by,
        worker=offer.worker,
        offer=offer,
        fields=asked,
        given=said.answers,
        consents=said.consents,
    )
    publish(WorkerEdited(worker_id=str(offer.worker_id)), by=by)
    return offer


def answer_or_wait(
    *,
    by: Actor,
    worker: Worker,
    offer: WorkerService | None,
    fields: Sequence[CustomField],
    given: Mapping[str, object],
    consents: Collection[str],
) -> None:
    """Keep answers, but let those that the team reads first wait, once customers see the others."""
    asked = [each for each in fields if each.visibility != "staff" or by.works_in_office]
    live = OfferState(offer.state) in LIVE if offer else worker.state == State.APPROVED
    waiting = [each for each in asked if each.moderated and live and not by.works_in_office]
    held = {each.code for each in waiting}
    subject_id = offer.pk if offer else worker.pk
    check_answers([each.rule for each in asked], given, consents=consents, partial=True)
    keep_answers(
        by=by,
        subject_id=subject_id,
        fields=[each for each in asked if each.code not in held],
        given={code: answer for code, answer in given.items() if code not in held},
        consents=consents,
        partial=True,
    )
    before = raw_answers(subject_id) if held else {}
    changes: Changes = [
        {
            "key": f"f:{each.code}",
            "label": each.label,
            "was": before.get(each.code),
            "now": given[each.code],
        }
        for each in waiting
        if each.code in given and given[each.code] != before.get(each.code)
    ]
    if changes:
        _wait(by, worker, offer, changes)


def _changes(offer: WorkerService, said: Description) -> Changes:
    now: dict[str, object] = {}
    if said.about is not None:
        now["about"] = said.about.strip()
    if said.photo_ids is not None:
        now["photos"] = [str(each) for each in said.photo_ids]
    was: dict[str, object] = {"about": offer.about, "photos": [str(x) for x in offer.photo_ids]}
    return [
        {"key": key, "label": key, "was": was[key], "now": value}
        for key, value in now.items()
        if value != was[key]
    ]


def _wait(by: Actor, worker: Worker, offer: WorkerService | None, changes: Changes) -> None:
    """Put changes into the revision that waits; a later change of the same thing replaces it."""
    revision = pending_revision(worker.pk, offer.pk if offer else None, lock=True)
    revision = revision or Revision(worker=worker, offer=offer, made_at=clock.now())
    known = {str(each["key"]): each for each in revision.changes}
    for each in changes:
        first = known.get(str(each["key"]), each)
        known[str(each["key"])] = each | {"was": first["was"]}
    revision.changes = list(known.values())
    revision.save()
    publish(RevisionProposed(revision_id=str(revision.pk), worker_id=str(worker.pk)), by=by)


def submit(*, by: Actor, offer: WorkerService) -> WorkerService:
    """Let a service be seen, or read first where this business wants to. Call it in a lock."""
    if offer.state == OfferState.HIDDEN:
        return _enter(offer, OfferStep.SHOW, by)
    if offer.state in (OfferState.PUBLISHED, OfferState.PENDING):
        return offer
    _enter(offer, OfferStep.SUBMIT, by)
    decided = settings_of(ApprovalSettings)
    own = bool(offer.about or offer.photo_ids) or _has_moderated(offer)
    if needs_reading(every_service=decided.services, own_words=own, read_words=decided.words):
        return offer
    return _enter(offer, OfferStep.APPROVE, SYSTEM)


def _has_moderated(offer: WorkerService) -> bool:
    return FieldValue.objects.filter(subject_id=offer.pk, field__moderated=True).exists()


@transaction.atomic
def take_step(*, by: Actor, offer_id: UUID, step: OfferStep, reason: str = "") -> WorkerService:
    """Take one step of a service's life, or refuse it; a no says why."""
    offer = _locked(by, offer_id)
    if step == OfferStep.REJECT:
        check_rejection(reason)
    if step == OfferStep.SUBMIT:
        return submit(by=by, offer=offer)
    _enter(offer, step, by, reason)
    publish(WorkerEdited(worker_id=str(offer.worker_id)), by=by)
    return offer


@transaction.atomic
def decide_revision(*, by: Actor, revision_id: UUID, approve: bool, reason: str = "") -> Revision:
    """Let customers see a change, or say why not; nothing else changes what they see."""
    if not by.works_in_office:
        raise NotFound(what="revision")
    revisions = Revision.objects.select_for_update(of=("self",)).select_related(
        "worker", "offer__service"
    )
    if (revision := revisions.filter(pk=revision_id).first()) is None:
        raise NotFound(what="revision")
    if revision.state != Revision.PENDING:
        raise OfferStepIllegal(state=revision.state, step="decide")
    if not approve:
        check_rejection(reason)
    revision.state = Revision.APPROVED if approve else Revision.REJECTED
    revision.decided_at, revision.decided_by_id = clock.now(), by.member_id
    revision.reason = reason.strip()
    revision.save()
    if approve:
        _apply(by, revision)
    fact = OfferDecided(
        worker_id=str(revision.worker_id),
        subject_id=str(revision.pk),
        what="revision",
        state=revision.state,
    )
    publish(fact, by=by)
    return revision


def _apply(by: Actor, revision: Revision) -> None:
    said = {str(each["key"]): each["now"] for each in revision.changes}
    offer = revision.offer
    if offer is not None:
        _set(offer, {key: value for key, value in said.items() if not key.startswith("f:")})
    answers = {key[2:]: value for key, value in said.items() if key.startswith("f:")}
    if offer is not None:
        fields = fields_of_service(offer.service, target="service")
    else:
        fields = fields_of_worker(revision.worker_id)
    still = {code: value for code, value in answers.items() if code in {f.code for f in fields}}
    subject_id = offer.pk if offer else revision.worker_id
    keep_answers(by=by, subject_id=subject_id, fields=fields, given=still, partial=True)
    publish(WorkerEdited(worker_id=str(revision.worker_id)), by=by)


def _set(offer: WorkerService, said: Mapping[str, object]) -> None:
    if "about" in said:
        offer.about = str(said["about"])
    if isinstance(photos := said.get("photos"), list):
        offer.photo_ids = [UUID(str(each)) for each in photos]
    offer.save(update_fields=["about", "photo_ids"])


def _enter(offer: WorkerService, step: OfferStep, by: Actor, reason: str = "") -> WorkerService:
    offer.state = take_offer_step(step, state=OfferState(offer.state), role=by.role)
    offer.state_at, offer.state_note = clock.now(), reason.strip()
    offer.save(update_fields=["state", "state_at", "state_note"])
    if offer.state == OfferState.PUBLISHED:
        shown = ServicePublished(worker_id=str(offer.worker_id), worker_service_id=str(offer.pk))
        publish(shown, by=by)
    if step in (OfferStep.APPROVE, OfferStep.REJECT) and by.works_in_office:
        fact = OfferDecided(
            worker_id=str(offer.worker_id),
            subject_id=str(offer.pk),
            what="offer",
            state=str(offer.state),
        )
        publish(fact, by=by)
    return offer


def _locked(by: Actor, offer_id: UUID) -> WorkerService:
    offers = WorkerService.objects.select_for_update(of=("self",)).select_related(
        "worker", "service"
    )
    if not by.works_in_office:
        offers = offers.filter(worker__member_id=by.member_id)
    if (offer := offers.filter(pk=offer_id).first()) is None:
        raise NotFound(what="service")
    return offer


def _check_photos(offer: WorkerService, photo_ids: Sequence[UUID] | None) -> None:
    """Refuse photos that are not this worker's own."""
    wanted = set(photo_ids or ())
    known = StoredFile.objects.filter(
        pk__in=wanted, purpose=OFFER_PHOTO, uploaded_by=offer.worker.member_id
    )
    if known.count() < len(wanted):
        raise NotFound(what="photo")
