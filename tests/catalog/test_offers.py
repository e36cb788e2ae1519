"""What a tenant offers: axes, variants, units and extras, from the office to a quote."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from kernel.actor import Actor, Role
from marketplace.catalog.actions.edit_catalogue import save_category, save_service, save_variant
from marketplace.catalog.actions.publish_service import Choice, VariantChoice, set_services
from marketplace.catalog.models import AddOn, Category, Service, Variant, WorkerService
from marketplace.catalog.rules.service_axes import AxesRefused
from marketplace.catalog.rules.services import PriceNotYours
from marketplace.catalog.rules.tree import TreeRefused
from marketplace.matching.models import Occupancy
from tests.catalog.test_pages import api
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import quoted
from tests.support.worlds_market import owner

pytestmark = pytest.mark.usefixtures("on_monday")

WEDNESDAY_TEN = datetime(2026, 3, 4, 16, tzinfo=UTC)


@pytest.fixture
def long_walk(offer) -> Variant:
    """Ana's walk comes in 60 minutes at 500.00 and in 90 at 700.00."""
    for minutes, price_minor in ((60, 50_000), (90, 70_000)):
        variant = Variant(
            service=offer.service, name=f"{minutes} min", minutes=minutes, price_minor=price_minor
        )
        save_variant(by=owner(), variant=variant)
    AddOn.objects.filter(name="Baño").update(max_quantity=2)
    return Variant.objects.get(minutes=90)


def test_a_walk_of_90_minutes_with_two_baths_blocks_150_and_the_buffers(offer, long_walk, clara):
    bath = AddOn.objects.get(name="Baño")
    quote = quoted(clara, offer, variant_id=long_walk.pk, add_ons={bath.pk: 2})
    assert (quote.minutes, quote.variant_id) == (150, long_walk.pk)
    assert quote.ends_at == WEDNESDAY_TEN + timedelta(minutes=150)
    assert quote.lines[0]["label"] == "Paseo de perro 60 min · 90 min"
    assert [line["unit_minor"] * line["quantity"] for line in quote.lines[:2]] == [70_000, 16_000]
    held = Occupancy.objects.get(pk=quote.occupancy_id)
    service = offer.service
    assert held.during.lower == WEDNESDAY_TEN - timedelta(minutes=service.buffer_before)
    assert held.during.upper == quote.ends_at + timedelta(minutes=service.buffer_after)


def test_a_quote_by_the_hour_costs_and_blocks_as_many_hours(offer, clara):
    Service.objects.filter(pk=offer.service_id).update(
        pricing="per_unit", unit="hour", unit_min=2, unit_max=6, unit_minutes=60, minutes=0
    )
    quote = quoted(clara, offer, units=3, add_ons={}, tip_minor=0)
    assert (quote.minutes, quote.units, quote.lines[0]["quantity"]) == (180, 3, 3)


def test_a_visit_from_afar_needs_no_address(offer, clara):
    Service.objects.filter(pk=offer.service_id).update(
        location="remote", completion="customer_confirm"
    )
    quote = quoted(clara, offer, address="", latitude=None, longitude=None)
    assert (quote.latitude, quote.place.address) == (None, "")


def test_the_database_refuses_what_contradicts_itself_too(patitas_is_stocked):
    wrong = (
        {"location": "remote"},
        {"pricing": "quoted"},
        {"booking_mode": "dispatch"},
        {"payment": "after_service", "cash": True},
        {"pricing": "per_unit"},
        {"unit": "hour"},
        {"price_max_minor": 1},
    )
    for changed in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(slug="walk-60").update(**changed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.filter(slug="walks").update(level=5)
    empty = save_category(by=owner(), category=Category(name="Nada"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        empty.delete()


def test_the_office_cannot_contradict_itself(patitas_is_stocked):
    walk = Service.objects.get(slug="walk-60")
    walk.booking_mode = "dispatch"
    with pytest.raises(AxesRefused):
        save_service(by=owner(), service=walk)
    assert Service.objects.get(slug="walk-60").booking_mode == "instant"


def test_categories_move_with_what_is_inside_them(patitas_is_stocked):
    above = Category.objects.get(slug="walks")
    for name in ("dos", "tres", "cuatro"):
        above = save_category(by=owner(), category=Category(name=name, parent=above))
    assert above.level == 4
    with pytest.raises(TreeRefused):
        save_category(by=owner(), category=Category(name="cinco", parent=above))
    two = Category.objects.get(slug="dos")
    two.parent = None
    save_category(by=owner(), category=two)
    levels = dict(Category.objects.values_list("slug", "level"))
    assert [levels[slug] for slug in ("dos", "tres", "cuatro")] == [1, 2, 3]


def test_a_worker_prices_variants_within_the_limits_and_leaves_some_out(offer, long_walk):
    by = Actor(role=Role.WORKER, member_id=offer.worker.member_id)
    short = Variant.objects.get(minutes=60)
    Service.objects.filter(pk=offer.service_id).update(
        price_min_minor=40_000, price_max_minor=90_000
    )

    def offers(**said: VariantChoice) -> None:
        named = {short.pk: said.get("short"), long_walk.pk: said.get("long")}
        chosen = {key: each for key, each in named.items() if each}
        choice = Choice(offer.service_id, None, chosen)
        set_services(by=by, worker_id=offer.worker_id, choices=[choice])

    offers(short=VariantChoice(offered=False), long=VariantChoice(85_000))
    assert WorkerService.objects.get().price.minor == 85_000
    with pytest.raises(PriceNotYours):
        offers(long=VariantChoice(90_001))
    assert WorkerService.objects.get().price.minor == 85_000
    Service.objects.filter(pk=offer.service_id).update(price_owner="tenant")
    with pytest.raises(PriceNotYours):
        offers(long=VariantChoice(70_000))


def test_the_office_adds_a_variant_and_names_it_in_two_languages(patitas_is_stocked):
    office = signed_in_client("olga", strong=True)
    walk = Service.objects.get(slug="walk-60")
    posted = {
        "service": str(walk.pk),
        "name": "Dos horas",
        "name_en": "Two hours",
        "minutes": "120",
        "price_minor": "200.00",
        "position": "0",
        "active": "on",
    }
    assert office.post("/office/variant/new/", posted).status_code == 302
    assert Service.objects.get(slug="walk-60").price_minor == 20_000
    stranger = Client(headers={"host": "patitas.localhost", "accept-language": "en"})
    shown = next(
        each for each in stranger.get("/api/v1/services").json() if each["slug"] == "walk-60"
    )
    assert [(each["name"], each["minutes"]) for each in shown["variants"]] == [("Two hours", 120)]
    wrong = office.post("/office/variant/new/", posted | {"name": "Un rato", "minutes": "5"})
    assert wrong.status_code == 200
    assert list(wrong.context["form"].errors) == ["minutes"]
    assert Variant.objects.count() == 1


def test_a_customer_chooses_a_variant_on_the_page(offer, long_walk, clara):
    page = f"/book/{offer.pk}/?start=2026-03-04T16:00:00Z"
    client = signed_in_client("clara")
    shown = client.get(page).content.decode()
    assert f'value="{long_walk.pk}"' in shown
    priced = client.post(page, {"action": "price", "variant": str(long_walk.pk)})
    assert "90 min" in priced.content.decode()
    assert priced.context["priced"].price.lines[0].unit_minor == 70_000


def test_a_program_asks_for_a_variant_that_is_not_there(offer, long_walk, clara):
    body = {
        "worker_service_id": str(offer.pk),
        "starts_at": WEDNESDAY_TEN.isoformat(),
        "address": "Orizaba 101",
        "latitude": 19.418,
        "longitude": -99.16,
        "variant_id": str(offer.pk),
    }
    answer = api(signed_in_client("clara"), "POST", "/quotes", body)
    assert (answer.status_code, answer.json()["details"]["fields"]) == (422, ["variant"])
