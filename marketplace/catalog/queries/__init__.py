"""Questions about what is offered and by whom. Nothing here writes."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_noop as _

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.models import (
    AddOn,
    Category,
    Service,
    Suspension,
    Variant,
    Worker,
    WorkerService,
    Zone,
)
from marketplace.catalog.rules.offer_states import OFFER_PHOTO
from marketplace.catalog.rules.readiness import Gap, checks
from marketplace.catalog.rules.worker_states import VISIBLE, State
from payments.queries import is_active_payee
from tenants.identity.queries import documents_valid
from tenants.tenancy.models import StoredFile


def categories() -> QuerySet[Category]:
    """Return this tenant's categories that are in use, in order."""
    return Category.objects.filter(archived=False)


def services() -> QuerySet[Service]:
    """Return what this tenant offers, in order, with categories and extras."""
    extras = Prefetch("add_ons", AddOn.objects.filter(active=True).select_related("service"))
    variants = Prefetch("variants", Variant.objects.filter(active=True).select_related("service"))
    return (
        Service.objects.filter(active=True, category__archived=False)
        .select_related("category")
        .prefetch_related(extras, variants)
        .order_by("category__position", "position", "name")
    )


def service(service_id: UUID) -> Service:
    """Return one service of this tenant, active or not."""
    try:
        return Service.objects.select_related("category").get(pk=service_id)
    except Service.DoesNotExist:
        raise NotFound(what="service") from None


def zones() -> QuerySet[Zone]:
    """Return the parts of town this tenant knows."""
    return Zone.objects.all()


def worker(worker_id: UUID) -> Worker:
    """Return a worker of this tenant, whatever their state; for floors above."""
    try:
        return Worker.objects.select_related("member__user").get(pk=worker_id)
    except Worker.DoesNotExist:
        raise NotFound(what="worker") from None


def worker_by_slug(slug: str) -> Worker:
    """Return a worker whose profile everybody may see, or nobody."""
    try:
        return Worker.objects.select_related("member").get(slug=slug, state__in=VISIBLE)
    except Worker.DoesNotExist:
        raise NotFound(what="worker") from None


def worker_of(member_id: UUID) -> Worker:
    """Return the worker that a membership belongs to."""
    try:
        return Worker.objects.select_related("member__user").get(member_id=member_id)
    except Worker.DoesNotExist:
        raise NotFound(what="worker") from None


def own_worker(by: Actor) -> Worker:
    """Return the worker who asks."""
    if by.role != Role.WORKER or by.member_id is None:
        raise NotFound(what="worker")
    return worker_of(by.member_id)


def worker_service(worker_service_id: UUID) -> WorkerService:
    """Return one service as one worker offers it: published, by a worker whom all may see."""
    try:
        return WorkerService.objects.select_related("worker__member", "service__category").get(
            pk=worker_service_id,
            state=WorkerService.PUBLISHED,
            service__active=True,
            worker__state__in=VISIBLE,
        )
    except WorkerService.DoesNotExist:
        raise NotFound(what="service") from None


def published_services(worker_id: UUID) -> QuerySet[WorkerService]:
    """Return what a worker offers to customers, in the tenant's order, extras included."""
    extras = Prefetch(
        "service__add_ons", AddOn.objects.filter(active=True).select_related("service")
    )
    return (
        WorkerService.objects.filter(
            worker_id=worker_id, state=WorkerService.PUBLISHED, service__active=True
        )
        .select_related("service__category", "worker")
        .prefetch_related(extras)
        .order_by("service__category__position", "service__position", "service__name")
    )


def add_ons_of(service_id: UUID) -> QuerySet[AddOn]:
    """Return the extras that can be booked with a service."""
    return AddOn.objects.filter(service_id=service_id, active=True).select_related("service")


def open_suspension(worker_id: UUID) -> Suspension | None:
    """Return what is proposed, announced or in force against a worker, if anything."""
    rows = Suspension.objects.filter(worker_id=worker_id, state__in=Suspension.OPEN)
    return rows.select_related("decided_by__user").first()


def review_queue() -> QuerySet[Worker]:
    """Return the applications that wait for the office, oldest first."""
    waiting = (State.APPLIED, State.IN_REVIEW, State.NEEDS_INFO)
    return Worker.objects.filter(state__in=waiting).order_by("applied_at")


def readiness(worker: Worker) -> list[Gap]:
    """Return what a worker still lacks before customers can book; nothing lacking is bookable."""
    own = [_standing, _documents, _payout, _offer, _base]
    found = [*(check(worker) for check in own), *(check(worker.pk) for check in checks())]
    return [gap for gap in found if gap is not None]


def _standing(worker: Worker) -> Gap | None:
    if worker.state == State.APPROVED:
        return None
    return Gap(f"state.{worker.state}", _("The team has to approve you."), "/work/apply/")


def _documents(worker: Worker) -> Gap | None:
    if documents_valid(worker.member_id, at=clock.now()):
        return None
    return Gap("documents", _("Send your documents."), "/work/checks/")


def _payout(worker: Worker) -> Gap | None:
    if is_active_payee(worker.member_id):
        return None
    return Gap("payee", _("Open your payout account."), "/wallet/account/")


def _offer(worker: Worker) -> Gap | None:
    if published_services(worker.pk).exists():
        return None
    return Gap("services", _("Choose the services you offer."), "/work/services/")


def _base(worker: Worker) -> Gap | None:
    if worker.base_latitude is not None:
        return None
    return Gap("area", _("Say where you work."), "/work/area/")


def worker_ids_of(member_id: UUID) -> list[UUID]:
    """Return the worker behind a membership, if it has become one."""
    return list(Worker.objects.filter(member_id=member_id).values_list("pk", flat=True))


def worker_with_slug(slug: str) -> Worker:
    """Return a worker by the address of the profile, whatever their state; who asks must check."""
    try:
        return Worker.objects.get(slug=slug)
    except Worker.DoesNotExist:
        raise NotFound(what="worker") from None


def all_offers_of(worker_id: UUID) -> QuerySet[WorkerService]:
    """Return what a worker offers or has offered, published or not."""
    return WorkerService.objects.filter(worker_id=worker_id)


def workers_for(by: Actor, *, wanted: str) -> QuerySet[Worker]:
    """Return workers for the office: those who wait for it, or those in one state."""
    if not by.works_in_office:
        raise NotFound(what="workers")
    if wanted == "waiting":
        return review_queue().select_related("member__user")
    return Worker.objects.filter(state=wanted).select_related("member__user")


def offer_photo(file_id: UUID, *, office: bool, mine: Collection[UUID]) -> tuple[StoredFile, bool]:
    """Return a photo of a service, and whether everybody may see it: once it is on a live one."""
    files = StoredFile.objects.filter(pk=file_id, purpose=OFFER_PHOTO)
    found = files.first()
    shown = found is not None and (
        WorkerService.objects.filter(
            state=WorkerService.PUBLISHED,
            worker__state__in=VISIBLE,
            photo_ids__contains=[file_id],
        ).exists()
    )
    if found is None or not (shown or office or found.uploaded_by_id in mine):
        raise NotFound(what="photo")
    return found, shown
