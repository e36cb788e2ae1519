"""The API of favourites: whom a customer keeps to book again. Nobody else can ask."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from kernel.paging import page_of
from marketplace.matching.access import customer_of
from marketplace.matching.actions.keep_favourite import drop_favourite, keep_favourite
from marketplace.matching.api.shapes import In, SlotOut
from marketplace.matching.queries.favourites import Again, again, own_favourites

router = Router(tags=["matching"])


class FavouriteIn(In):
    """Which service to book again; none leaves it to the first that the worker offers."""

    worker_service_id: UUID | None = None


class FavouriteOut(Schema):
    """Somebody to have again. No `worker_service_id`: nothing can be booked with them now."""

    worker_slug: str
    worker_name: str
    photo: str
    worker_service_id: UUID | None
    service_name: str
    zone: str
    next_slots: list[SlotOut]


class FavouritePage(Schema):
    """Some favourites, the latest first."""

    items: list[FavouriteOut]
    next_cursor: str | None


class KeptOut(Schema):
    """That somebody is kept, since when, and for which service."""

    worker_slug: str
    worker_service_id: UUID | None
    kept_at: datetime


@router.get("/favourites", operation_id="list_favourites", response=FavouritePage)
def list_favourites(request: HttpRequest, cursor: str = "") -> FavouritePage:
    """List whom the caller keeps as a customer, with the next times of each."""
    rows, following = page_of(own_favourites(customer_of(request)), cursor, by="kept_at")
    return FavouritePage(items=[_shown(each) for each in again(rows)], next_cursor=following)


@router.put("/favourites/{slug}", operation_id="keep_favourite", response=KeptOut)
def keep(request: HttpRequest, slug: str, body: FavouriteIn) -> KeptOut:
    """Keep a worker; repeating changes nothing but the service, if one is named."""
    by = customer_of(request)
    kept = keep_favourite(by=by, slug=slug, offer_id=body.worker_service_id)
    return KeptOut(worker_slug=slug, worker_service_id=kept.offer_id, kept_at=kept.kept_at)


@router.delete("/favourites/{slug}", operation_id="drop_favourite", response={204: None})
def drop(request: HttpRequest, slug: str) -> Status[None]:
    """Keep a worker no longer; repeating is harmless."""
    drop_favourite(by=customer_of(request), slug=slug)
    return Status(204, None)


def _shown(row: Again) -> FavouriteOut:
    worker, offer = row.worker, row.offer
    return FavouriteOut(
        worker_slug=worker.slug,
        worker_name=worker.name,
        photo=worker.photo_path,
        worker_service_id=offer.pk if offer else None,
        service_name=offer.service.shown_name if offer else "",
        zone=worker.zone,
        next_slots=[SlotOut(starts_at=each.starts_at, ends_at=each.ends_at) for each in row.times],
    )
