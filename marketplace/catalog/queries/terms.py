"""What one worker's service can be put together from."""

from uuid import UUID

from marketplace.catalog.models import AddOn, OfferedVariant, Variant, WorkerService
from marketplace.catalog.rules.composition import Extra, Terms
from marketplace.catalog.rules.composition import Variant as Form


def terms_of(offer: WorkerService) -> Terms:
    """Return the variants, the counting and the extras of a worker's service, at their prices."""
    service = offer.service
    return Terms(
        slug=service.slug,
        name=service.name,
        minutes=service.minutes,
        price_minor=offer.price.minor,
        source=f"offer:{offer.pk}",
        pricing=service.pricing,
        unit=service.counts,
        variants=tuple(_variants(offer)),
        extras=tuple(
            Extra(
                id=row.pk,
                name=row.name,
                minutes=row.minutes,
                price_minor=row.price_minor,
                most=row.max_quantity,
                variants=frozenset(row.variant_ids),
            )
            for row in AddOn.objects.filter(service=service, active=True)
        ),
        zone=offer.worker.zone,
        day_start=service.day_start,
        day_end=service.day_end,
    )


def _variants(offer: WorkerService) -> list[Form]:
    rows = list(Variant.objects.filter(service_id=offer.service_id, active=True))
    own = (
        {row.variant_id: row for row in OfferedVariant.objects.filter(offer=offer)} if rows else {}
    )
    return [
        Form(
            id=row.pk,
            name=row.name,
            minutes=row.minutes,
            price_minor=_price(row, own.get(row.pk)),
        )
        for row in rows
        if row.pk not in own or own[row.pk].offered
    ]


def _price(row: Variant, own: OfferedVariant | None) -> int:
    return row.price_minor if own is None or own.price_minor is None else own.price_minor


def own_variants(worker_id: UUID) -> dict[tuple[UUID, UUID], OfferedVariant]:
    """Return what a worker says about variants, by service and variant."""
    rows = OfferedVariant.objects.filter(offer__worker_id=worker_id).select_related("offer")
    return {(row.offer.service_id, row.variant_id): row for row in rows}
