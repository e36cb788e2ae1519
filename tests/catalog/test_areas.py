"""Where somebody goes: circles, borders and postal codes together, without what is cut out."""

import math

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kernel import outbox
from kernel.actor import Actor, Role
from marketplace.bookings.rules.guards import OutOfArea
from marketplace.catalog.actions.edit_catalogue import save_zone
from marketplace.catalog.actions.set_area import PartWish, set_area, set_parts
from marketplace.catalog.models import AreaPart, Worker, Zone
from marketplace.catalog.rules.areas import (
    KM_PER_DEGREE,
    Area,
    AreaInvalid,
    BorderInvalid,
    Circle,
    Place,
    Polygon,
    PostalCode,
    distance_km,
    middle,
)
from marketplace.matching.queries.search import search
from tests.catalog.test_pages import api
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import quoted
from tests.support.worlds_market import CENTRE

pytestmark = pytest.mark.usefixtures("on_monday")

SQUARE = Polygon((Place(0, 0), Place(0, 2), Place(2, 2), Place(2, 0)))
# 10.4 km north of where Ana starts.
FAR = Place(CENTRE.latitude + 10.4 / KM_PER_DEGREE, CENTRE.longitude)


def square(place: Place, half: float = 0.01) -> list[list[float]]:
    """Return a square border around a point."""
    return [
        [place.latitude + north * half, place.longitude + east * half]
        for north, east in ((-1, -1), (-1, 1), (1, 1), (1, -1))
    ]


@pytest.mark.parametrize(
    ("latitude", "longitude", "inside"),
    [(1, 1, True), (0, 1, True), (2, 2, True), (1, 2, True), (1, 2.00001, False), (-1, 1, False)],
)
def test_a_border_itself_is_inside(latitude, longitude, inside):
    assert SQUARE.contains(Place(latitude, longitude)) is inside


def test_a_bay_in_a_border_is_outside():
    bay = Polygon((Place(0, 0), Place(0, 4), Place(4, 4), Place(1, 2), Place(4, 0)))
    assert bay.contains(Place(0.5, 2))
    assert not bay.contains(Place(3, 2))


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_a_round_border_says_what_a_circle_would(latitude, longitude):
    corners = [
        Place(2 * math.sin(turn * math.tau / 200), 2 * math.cos(turn * math.tau / 200))
        for turn in range(200)
    ]
    distance = math.hypot(latitude, longitude)
    found = Polygon(tuple(corners)).contains(Place(latitude, longitude))
    if distance < 1.999:
        assert found
    if distance > 2.001:
        assert not found


@pytest.mark.parametrize("count", [0, 2, 201])
def test_a_border_has_3_to_200_corners(count):
    with pytest.raises(BorderInvalid):
        Polygon(tuple(Place(0, each / 10) for each in range(count)))


def test_an_area_is_all_its_parts_without_what_is_cut_out():
    circle = Circle(Place(0, 0), 50)
    area = Area((circle, PostalCode("01310-100")), (SQUARE,))
    assert area.contains(Place(-0.1, -0.1))
    assert not area.contains(Place(0.1, 0.1))
    assert area.contains(Place(9, 9), "01310100")
    assert not area.contains(Place(9, 9), "01310-101")
    assert not area.contains(Place(1, 1), "01310100")
    assert not Area(()).contains(Place(0, 0))


def test_the_edge_of_a_circle_is_inside():
    edge = Place(10 / KM_PER_DEGREE - 1e-9, 0)
    assert Circle(Place(0, 0), 10).contains(edge)
    assert not Circle(Place(0, 0), 10).contains(Place(10.001 / KM_PER_DEGREE, 0))
    assert middle(SQUARE.corners) == Place(1, 1)


def found_at(place: Place) -> list[str]:
    outbox.drain()
    page = search(lat=place.latitude, lng=place.longitude, service="walk-60")
    return [row.worker.name for row in page.rows]


def books_at(clara, offer, place: Place, **rest: object):
    return quoted(clara, offer, latitude=place.latitude, longitude=place.longitude, **rest)


def test_an_address_beyond_the_circle_is_found_once_a_zone_contains_it(offer, clara, ana):
    assert distance_km(CENTRE, FAR) == pytest.approx(10.4)
    assert Worker.objects.get().radius_km == 10
    assert found_at(FAR) == []
    with pytest.raises(OutOfArea):
        books_at(clara, offer, FAR)
    north = Zone(name="Norte", latitude=FAR.latitude, longitude=FAR.longitude, border=square(FAR))
    save_zone(by=Actor(role=Role.OWNER, member_id=None), zone=north)
    set_parts(by=ana, worker_id=offer.worker_id, parts=[PartWish(zone_id=north.pk)])
    assert found_at(FAR) == ["Ana P."]
    assert books_at(clara, offer, FAR).worker_id == offer.worker_id


def test_what_is_cut_out_is_neither_found_nor_booked(offer, clara, ana):
    near = Place(CENTRE.latitude + 0.02, CENTRE.longitude)
    assert found_at(near) == ["Ana P."]
    hole = PartWish(circle=Circle(near, 1), excluded=True)
    set_parts(by=ana, worker_id=offer.worker_id, parts=[hole])
    assert found_at(near) == []
    assert found_at(CENTRE) == ["Ana P."]
    with pytest.raises(OutOfArea):
        books_at(clara, offer, near)


def test_a_service_with_an_area_of_its_own_goes_nowhere_else(offer, clara, ana):
    own = PartWish(circle=Circle(FAR, 2))
    set_parts(by=ana, worker_id=offer.worker_id, parts=[own], offer_id=offer.pk)
    assert (found_at(FAR), found_at(CENTRE)) == (["Ana P."], [])
    with pytest.raises(OutOfArea):
        books_at(clara, offer, CENTRE)


def test_a_postal_code_is_enough_for_a_quote(offer, clara, ana):
    set_parts(
        by=ana,
        worker_id=offer.worker_id,
        parts=[PartWish(postal_code="07300")],
        goes_around=False,
    )
    assert found_at(CENTRE) == []
    with pytest.raises(OutOfArea):
        books_at(clara, offer, CENTRE)
    assert books_at(clara, offer, FAR, postal_code="07 300")


def test_a_part_is_exactly_one_thing(offer, ana):
    wrong = [PartWish(), PartWish(circle=Circle(FAR, 2), postal_code="07300")]
    for each in wrong:
        with pytest.raises(AreaInvalid):
            set_parts(by=ana, worker_id=offer.worker_id, parts=[each])
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaPart.objects.create(worker=offer.worker, kind="circle", latitude=1.0, longitude=1.0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Zone.objects.filter(slug="polanco").update(border=[[1.0, 1.0], [2.0, 2.0]])
    assert not AreaPart.objects.exists()


def test_the_office_draws_a_border_and_the_worker_chooses_it(offer):
    office, ana = signed_in_client("olga", strong=True), signed_in_client("ana")
    polanco = Zone.objects.get(slug="polanco")
    edit = f"/office/zone/edit/{polanco.pk}/"
    said = {"name": "Polanco", "latitude": "19.433", "longitude": "-99.194", "position": "5"}
    wrong = office.post(edit, said | {"border": "19.42, -99.20\n19.44"})
    assert list(wrong.context["form"].errors) == ["border"]
    border = "19.42, -99.21\n19.42, -99.18\n19.45, -99.18"
    assert office.post(edit, said | {"border": border}).status_code == 302
    assert Zone.objects.get(pk=polanco.pk).border == [
        [19.42, -99.21],
        [19.42, -99.18],
        [19.45, -99.18],
    ]
    page = {"zone": "roma-norte", "radius_km": "3", "postal_codes": "06700, 06 600"}
    answer = ana.post("/work/area/", page | {"goes_around": "on", "also": str(polanco.pk)})
    assert answer.status_code == 302
    kept = [(row.kind, row.postal_code) for row in AreaPart.objects.order_by("kind", "pk")]
    assert kept == [("postal", "06700"), ("postal", "06600"), ("zone", "")]


def test_a_program_sets_the_parts_of_an_area(offer):
    ana = signed_in_client("ana")
    body = {"parts": [{"latitude": 19.5, "longitude": -99.1, "radius_km": 3, "excluded": True}]}
    kept = api(ana, "PUT", "/workers/me/area/parts", body).json()
    assert [(each["kind"], each["excluded"]) for each in kept] == [("circle", True)]
    half = {"parts": [{"latitude": 19.5}]}
    assert api(ana, "PUT", "/workers/me/area/parts", half).status_code == 422
    assert len(api(ana, "GET", "/workers/me/area/parts").json()) == 1
    set_area(
        by=Actor(role=Role.WORKER, member_id=offer.worker.member_id),
        worker_id=offer.worker_id,
        area=Circle(CENTRE, 12),
    )
    assert AreaPart.objects.count() == 1
