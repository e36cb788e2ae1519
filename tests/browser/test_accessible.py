"""Every page that people of a marketplace open: nothing that axe calls an obstacle.

Our own pages have no violations at all; in the office, whose frame is Wagtail's and not ours, there
are none of a serious kind.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from surveys.models import Invitation
from tests.browser.test_ana import clara_books
from tests.browser.test_olga import held_review
from tests.support.streets import Phone, Streets
from tests.support.worlds import signed_in_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/about/",
    "/promise/",
    "/search/?q=paseo",
    "/search/?q=nadie",
    "/w/{worker}/",
    "/w/{worker}/reviews/",
    "/how-ranking-works/",
    "/how-reviews-work/",
    "/nothing-here/",
    "/book/{offer}/?start={start}",
    "/s/{token}/",
]
CUSTOMER = [
    "/account/",
    "/bookings/",
    "/bookings/{done}/",
    "/bookings/{next}/",
    "/bookings/{next}/cancel/",
    "/bookings/{done}/review/",
    "/messages/",
    "/messages/preferences/",
    "/work/apply/",
    "/reviews/{review}/statement/",
]
WORKER = [
    "/work/",
    "/work/jobs/",
    "/work/jobs/{done}/",
    "/work/jobs/{next}/",
    "/work/jobs/{done}/review/",
    "/work/services/",
    "/work/area/",
    "/work/plan/",
    "/work/badge/",
    "/work/badge/card/",
    "/work/documents/",
    "/wallet/",
    "/wallet/cash-out/",
    "/wallet/cash-outs/",
    "/wallet/account/",
    "/voice/",
]
OFFICE = [
    "/office/",
    "/office/workers/",
    "/office/verification/",
    "/office/badges/",
    "/office/cases/",
    "/office/reviews/",
    "/office/reviews/{review}/",
    "/office/rules/",
    "/office/people/",
    "/office/bookings/",
]
HOUSE = (("localhost", "/"), ("localhost", "/open/"), ("auth.localhost", "/account/login/"))


@pytest.fixture
def names(streets: Streets) -> dict[str, Any]:
    """What the addresses need: a visit that is over, one that is to come, a worker, a survey."""
    town = streets.town
    assert town is not None
    review = held_review(streets)
    town.works()
    coming = clara_books(streets)
    return {
        "worker": town.offers[0].worker.slug,
        "offer": town.offers[0].pk,
        "start": coming.ends_at.replace(microsecond=0, hour=22).isoformat().replace("+00:00", "Z"),
        "done": review.booking.code,
        "next": coming.code,
        "review": review.pk,
        "token": Invitation.objects.latest("asked_at").token,
    }


def phone_of(streets: Streets, name: str, *, strong: bool = False) -> Phone:
    """Give somebody a phone on which they have signed in."""
    phone = streets.phone(name, "axe", device_scale_factor=1)
    assert streets.town is not None
    host = streets.town.host
    client = signed_in_client(name, host=f"{host}:{streets.port}", strong=strong)
    cookie = settings.SESSION_COOKIE_NAME
    crumb = {"name": cookie, "value": client.cookies[cookie].value, "domain": host, "path": "/"}
    phone.page.context.add_cookies([crumb])
    return phone


def obstacles(phone: Phone, path: str, host: str = "", kinds: tuple[str, ...] = ()) -> list[str]:
    """Return what axe finds on a page, of some kinds or at all, with where it is."""
    answer = phone.page.goto(phone.streets.at(path, host))
    assert answer is not None
    assert answer.status in ((404,) if path == "/nothing-here/" else (200,)), path
    found = Axe().run(phone.page, options=None).response["violations"]
    return [
        f"{path}: {each['id']} ({each['impact']}) {each['nodes'][0]['target']}"
        for each in found
        if not kinds or each["impact"] in kinds
    ]


def test_nobody_meets_an_obstacle(streets: Streets, names: dict[str, Any]):
    found: list[str] = []
    stranger = streets.phone("nobody", "axe", device_scale_factor=1)
    for host, path in HOUSE:
        found += obstacles(stranger, path, host)
    groups = (
        (stranger, PUBLIC, ()),
        (phone_of(streets, "clara"), CUSTOMER, ()),
        (phone_of(streets, "ana"), WORKER, ()),
        (phone_of(streets, "olga", strong=True), OFFICE, ("serious", "critical")),
    )
    for phone, paths, kinds in groups:
        for path in paths:
            found += obstacles(phone, path.format(**names), kinds=kinds)

    assert not found, "\n".join(found)
