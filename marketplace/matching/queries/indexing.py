"""What the index takes from the catalogue: prices of variants, and what workers chose."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from marketplace.catalog.models import (
    CustomField,
    FieldValue,
    OfferedVariant,
    Variant,
    WorkerService,
)

ABOUT = ("worker", "service")
CHOSEN = ("enum", "multi_enum", "boolean")


def filters() -> list[CustomField]:
    """Return the questions people can search by: those with answers to choose from."""
    rows = CustomField.objects.filter(
        target__in=ABOUT, kind__in=CHOSEN, filterable=True, archived=False, visibility="public"
    )
    return list(rows.order_by("position", "code"))


def variant_prices(offers: Collection[WorkerService]) -> dict[UUID, dict[str, int]]:
    """Return what each offer asks for each variant that comes with it, in two queries."""
    services = {offer.service_id for offer in offers}
    variants = Variant.objects.filter(service__in=services, active=True)
    own = {(row.offer_id, row.variant_id): row for row in _said_of_variants(offers)}
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    by_service: dict[UUID, list[Variant]] = defaultdict(list)
    for variant in variants:
        by_service[variant.service_id].append(variant)
    for offer in offers:
        for variant in by_service[offer.service_id]:
            said = own.get((offer.pk, variant.pk))
            if said is None:
                found[offer.pk][str(variant.pk)] = variant.price_minor
            elif said.offered:
                price = variant.price_minor if said.price_minor is None else said.price_minor
                found[offer.pk][str(variant.pk)] = price
    return found


def choices_made(subject_ids: Collection[UUID]) -> dict[UUID, dict[str, list[str]]]:
    """Return by subject what was chosen, by question; never what is sealed.

    Whether people may search by a question is asked when they do, so that the tenant can change it.
    """
    rows = FieldValue.objects.filter(
        subject_id__in=subject_ids,
        sealed__isnull=True,
        field__kind__in=CHOSEN,
        field__target__in=ABOUT,
    ).values_list("subject_id", "field__code", "value")
    found: dict[UUID, dict[str, list[str]]] = defaultdict(dict)
    for subject_id, code, value in rows:
        found[subject_id][code] = _texts(value)
    return found


def _said_of_variants(offers: Collection[WorkerService]) -> Collection[OfferedVariant]:
    return OfferedVariant.objects.filter(offer__in=offers)


def _texts(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
