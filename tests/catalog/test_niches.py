"""What a new marketplace starts with."""

import pytest

from kernel import outbox
from kernel.edge import working_for
from marketplace.catalog.actions.plant_niche import plant_niche
from marketplace.catalog.kinds.base import NICHES, around, niche_for, price_minor, said
from marketplace.catalog.kinds.cities import quarters_of
from marketplace.catalog.models import AddOn, Category, CustomField, Service, Zone
from marketplace.catalog.rules.custom_fields import Field, check_field
from marketplace.catalog.rules.service_axes import check_axes, check_unit
from tenants.tenancy.rules.niches import NICHES as KINDS_OF_BUSINESS


@pytest.mark.parametrize("niche", NICHES.values(), ids=lambda niche: niche.code)
def test_every_niche_has_services_with_texts_and_prices_everywhere(niche):
    assert 5 <= len(niche.offers) <= 8
    assert len({offer.slug for offer in niche.offers}) == len(niche.offers)
    for offer in niche.offers:
        assert 15 <= offer.minutes <= 720
        assert all(len(offer.about[place]) > 20 for place in range(3))
        assert all(len(text) <= 80 for text in offer.words)
        for extra in offer.extras:
            assert len(extra.prices) == 6
        for currency in ("MXN", "BRL", "CLP", "COP", "ARS", "PEN", "USD"):
            assert price_minor(offer.prices, currency) > 0


def test_every_kind_of_business_has_a_template_of_its_own():
    assert NICHES.keys() >= set(KINDS_OF_BUSINESS)


@pytest.mark.parametrize("niche", NICHES.values(), ids=lambda niche: niche.code)
def test_every_niche_asks_what_makes_sense_and_forces_nobody(niche):
    shelves = {shelf.slug for shelf in niche.shelves}
    for ask in niche.asks:
        assert ask.shelf in {"", *shelves}
        check_field(
            Field(
                code=ask.code,
                kind=ask.kind,
                options=tuple(value for value, _words in ask.options),
                filterable=ask.filterable,
                sensitive=ask.consent is not None,
                consent=ask.consent[0] if ask.consent else "",
                visibility="protected" if ask.consent else "public",
            )
        )


def test_prices_elsewhere_are_round():
    assert around(300) == (300, 80, 14_000, 49_500, 15_500, 55)


@pytest.mark.parametrize("niche", ["repairs", "beauty", "tutoring", "elder_care"])
def test_a_template_can_be_planted_and_sold_as_it_is(patitas, niche):
    plant_niche(niche=niche)
    for service in Service.objects.prefetch_related("variants"):
        check_axes(service.axes)
        check_unit(service.pricing, service.counts)
        variants = [each.price_minor for each in service.variants.all()]
        assert min(variants, default=service.price_minor) == service.price_minor
        assert service.texts["en"]["name"] != service.name
    assert CustomField.objects.count() == len(NICHES[niche].asks)
    assert NICHES[niche].offers


def test_a_niche_without_a_template_starts_with_a_bit_of_everything():
    assert niche_for("falconry") is NICHES["general"]


def test_texts_come_in_the_tenants_language():
    assert said(("a", "b", "c"), "pt-br") == "b"
    assert said(("a", "b", "c"), "en") == "c"
    assert said(("a", "b", "c"), "fr") == "a"


def test_pesos_of_chile_have_no_cents():
    assert price_minor((250, 65, 12000, 45000, 14000, 50), "CLP") == 12000
    assert price_minor((250, 65, 12000, 45000, 14000, 50), "MXN") == 25000


def test_cities_are_known_by_their_names_however_written():
    assert quarters_of("São Paulo")[0].name == "Vila Mariana"
    assert quarters_of("Mexico City") == quarters_of("Ciudad de México")
    assert quarters_of("Macondo") == ()


def test_opening_a_marketplace_plants_its_niche_once(patitas, lar_limpo):
    outbox.drain()
    assert Service.objects.get(slug="walk-60").name == "Paseo de perro 60 min"
    assert Service.objects.get(slug="walk-60").price.minor == 25000
    assert (Category.objects.count(), Service.objects.count()) == (3, 7)
    assert AddOn.objects.get(name="Corte de uñas").price_minor == 9000
    assert Zone.objects.get(slug="roma-norte").name == "Roma Norte"
    with working_for(lar_limpo.pk):
        assert Service.objects.get(slug="sofa").name == "Limpeza de sofá"
        assert Service.objects.get(slug="sofa").currency == "BRL"
