"""What a first visit costs a phone: a page with its styles and scripts, compressed, no photos."""

import gzip
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client

from marketplace.bookings.models import Booking
from tests.support.worlds import signed_in_client

LIMIT = 60_000


def compressed(content: bytes) -> int:
    """Return how many bytes travel, at the level that servers use for what they make anew."""
    return len(gzip.compress(content, compresslevel=6))


def first_load(client: Client, path: str) -> dict[str, int]:
    """Return what travels when a phone opens a page for the first time, by address."""
    page = client.get(path)
    assert page.status_code == 200, path
    parts = {path: compressed(page.content)}
    found = BeautifulSoup(page.content, "html.parser")
    wanted = [str(each["src"]) for each in found.select("script[src]")]
    wanted += [
        str(each["href"])
        for each in found.select("link[rel~=stylesheet][href], link[rel~=icon][href]")
    ]
    for address in wanted:
        parts[address] = compressed(content_of(client, urljoin(path, address)))
    return parts


def content_of(client: Client, address: str) -> bytes:
    """Return a style sheet or script, as it is served."""
    path = address.partition("?")[0]
    if path.startswith("/static/"):
        file = finders.find(path.removeprefix("/static/"))
        assert file, address
        with open(file, "rb") as opened:
            return opened.read()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/", ""),
        ("/search/", ""),
        ("/w/{worker}/", ""),
        ("/bookings/{code}/", "clara"),
        ("/wallet/", "ana"),
    ],
)
def test_a_first_load_is_light(clara_booked_ana: Booking, path: str, who: str):
    names = {"worker": clara_booked_ana.worker.slug, "code": clara_booked_ana.code}
    client = signed_in_client(who) if who else Client(headers={"host": "patitas.localhost"})

    parts = first_load(client, path.format(**names))

    assert len(parts) >= 2, "a page has a style sheet at least"
    assert sum(parts.values()) <= LIMIT, parts
