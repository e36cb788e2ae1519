"""Visits paid ahead, for programs."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict

from kernel.idempotency import made_once
from marketplace.bookings.access import customer_of
from marketplace.bookings.actions.buy_package import buy_package
from marketplace.bookings.actions.end_package import refund_package
from marketplace.bookings.models import Package, PackageOffer
from marketplace.bookings.queries.packages import (
    held,
    offered_packages,
    package_of,
    packages_of,
)
from marketplace.catalog.queries import worker_by_slug

router = Router(tags=["packages"])


class PackageOfferOut(Schema):
    """Visits that are sold together."""

    id: UUID
    worker_service_id: UUID
    service: str
    visits: int
    days: int
    price_minor: int
    currency: str


class PackageOffersOut(Schema):
    """What one worker's visits are sold in."""

    items: list[PackageOfferOut]


class PackageIn(Schema):
    """What to buy."""

    model_config = ConfigDict(extra="forbid")

    offer_id: UUID


class PackageOut(Schema):
    """A package: how many visits are left and until when; `pay_path` is where it is paid."""

    id: UUID
    state: str
    worker_service_id: UUID
    service: str
    visits: int
    left: int
    total_minor: int
    refundable_minor: int
    currency: str
    expires_at: datetime | None
    pay_path: str


class PackagesOut(Schema):
    """The caller's packages, newest first."""

    items: list[PackageOut]


@router.get(
    "/workers/{slug}/packages", response=PackageOffersOut, operation_id="list_package_offers"
)
def list_offers(request: HttpRequest, slug: str) -> PackageOffersOut:
    """List what a worker's visits are sold in."""
    worker = worker_by_slug(slug)
    return PackageOffersOut(items=[_offer_out(each) for each in offered_packages(worker.pk)])


@router.get("/packages", response=PackagesOut, operation_id="list_packages")
def list_packages(request: HttpRequest) -> PackagesOut:
    """List the packages that the caller has paid."""
    return PackagesOut(items=[_out(each) for each in packages_of(customer_of(request))])


@router.post("/packages", response={201: PackageOut}, operation_id="buy_package")
def create_package(
    request: HttpRequest,
    body: PackageIn,
    idempotency_key: Annotated[str, Header(alias="Idempotency-Key")] = "",
) -> Status[Any]:
    """Buy visits ahead; `pay_path` says where they are paid. Then quotes take its `package_id`."""
    by = customer_of(request)

    def make() -> PackageOut:
        return _out(buy_package(by=by, offer_id=body.offer_id, key=f"api:{idempotency_key}"[:120]))

    asked = body.dict()
    return Status(
        *made_once(by=by, key=idempotency_key, operation="buy_package", asked=asked, make=make)
    )


@router.get("/packages/{package_id}", response=PackageOut, operation_id="get_package")
def get_package(request: HttpRequest, package_id: UUID) -> PackageOut:
    """Return one of the caller's packages."""
    return _out(package_of(customer_of(request), package_id))


@router.post("/packages/{package_id}/refund", response=PackageOut, operation_id="refund_package")
def create_refund(request: HttpRequest, package_id: UUID) -> PackageOut:
    """Give back what was paid for visits that are neither used nor booked; the package ends."""
    return _out(refund_package(by=customer_of(request), package_id=package_id))


def _offer_out(offer: PackageOffer) -> PackageOfferOut:
    return PackageOfferOut(
        id=offer.pk,
        worker_service_id=offer.worker_service_id,
        service=offer.worker_service.service.name,
        visits=offer.visits,
        days=offer.days,
        price_minor=offer.price_minor,
        currency=offer.price.currency,
    )


def _out(package: Package) -> PackageOut:
    now = held(package)
    return PackageOut(
        id=package.pk,
        state=package.state,
        worker_service_id=package.worker_service_id,
        service=package.service_name,
        visits=package.visits,
        left=now.left,
        total_minor=package.total.minor,
        refundable_minor=now.refundable.minor,
        currency=package.currency,
        expires_at=package.expires_at,
        pay_path=f"/pay/{package.payment_id}/",
    )
