"""A row of each table that no story of the probe fills: calendars, the catalogue, jobs gone round.

Written as rows, not by actions: here only their ids and words matter, to whoever knocks next door.
"""

from datetime import time, timedelta

from kernel import clock
from kernel.ids import uuid7
from marketplace.bookings.models import Booking, Offered, Preference, Wave
from marketplace.catalog.models import (
    AreaPart,
    ExternalId,
    ImportJob,
    OfferedVariant,
    Revision,
    Suspension,
    Variant,
    WorkerService,
)
from marketplace.matching.models import (
    CalendarFeed,
    DateRow,
    DispatchWish,
    Favourite,
    OwnTimes,
    PairBlock,
    ServiceTimes,
    TimeOff,
)
from tenants.support.models import DecisionRecord
from tenants.tenancy.models import Membership

HOUR = timedelta(hours=1)


def seed_marketplace(booking: Booking, *, owner: Membership) -> None:
    """Let a tenant with one booking have everything else that a marketplace keeps, too."""
    offer = booking.worker_service
    _calendar(offer)
    _catalogue(offer, owner)
    _people(booking)
    wave = Wave.objects.create(
        booking=booking, entry=1, number=1, asked=1, decision_id=DecisionRecord.objects.all()[0].pk
    )
    Offered.objects.create(
        wave=wave, booking=booking, entry=1, worker=offer.worker, offer=offer, rank=1, km=1.0
    )


def _calendar(offer: WorkerService) -> None:
    at, worker = clock.now(), offer.worker
    day = at.date() + timedelta(days=30)
    DateRow.objects.create(worker=worker, on=day, starts=time(9), ends=time(12))
    TimeOff.objects.create(
        worker=worker, starts_at=at + 900 * HOUR, ends_at=at + 901 * HOUR, note="Una boda lejos"
    )
    CalendarFeed.objects.create(worker=worker, secret_hash="0" * 64)
    ServiceTimes.objects.get_or_create(service=offer.service)
    OwnTimes.objects.create(offer=offer, buffer_after=20)


def _catalogue(offer: WorkerService, owner: Membership) -> None:
    variant = Variant.objects.create(
        service=offer.service, name="Paseo muy largo", minutes=90, price_minor=60_000, active=False
    )
    OfferedVariant.objects.create(offer=offer, variant=variant)
    AreaPart.objects.create(
        worker=offer.worker, offer=None, kind=AreaPart.POSTAL, postal_code="06700", excluded=True
    )
    Revision.objects.create(worker=offer.worker, offer=offer, changes=[])
    Suspension.objects.create(
        worker=offer.worker,
        reason="quality",
        note="Algo se dijo",
        evidence="Una carta larga",
        state=Suspension.DISMISSED,
    )
    imported = ImportJob(id=uuid7(), kind="workers", name="gente nueva.csv", by=owner)
    imported.text = "name"
    imported.save(force_insert=True)
    ExternalId.objects.create(kind="workers", external_id="w-1", row_id=offer.worker_id)


def _people(booking: Booking) -> None:
    worker, customer, at = booking.worker, booking.customer, clock.now()
    PairBlock.objects.create(worker=worker, customer=customer, by_party=PairBlock.WORKER)
    DispatchWish.objects.create(worker=worker, at_night=True)
    Favourite.objects.get_or_create(worker=worker, customer=customer)
    wish = Preference(
        id=uuid7(),
        customer=customer,
        scope="any",
        consent_at=at,
        expires_at=at + timedelta(days=30),
    )
    wish.text = "Sin perfume Zarzamora"
    wish.save(force_insert=True)
