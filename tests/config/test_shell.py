"""The base page as a tenant's host really serves it."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(patitas, settings):
    settings.OFICIO_SIMULATORS = True
    return Client(headers={"host": "patitas.localhost"})


def test_the_script_carries_the_nonce_that_the_header_allows(visitor):
    response = visitor.get("/styleguide/")

    nonce = re.search(r'htmx-2\.min\.js" defer nonce="([^"]+)"', response.content.decode())
    assert nonce is not None
    assert f"'nonce-{nonce[1]}'" in response["Content-Security-Policy"]


def test_the_language_switch_changes_the_language_and_comes_back(visitor):
    answer = visitor.post("/i18n/setlang/", {"language": "pt-br", "next": "/styleguide/"})

    assert (answer.status_code, answer["Location"]) == (302, "/styleguide/")
    assert '<html lang="pt-br">' in visitor.get("/styleguide/").content.decode()


def test_a_brand_colour_is_served_to_everyone(visitor):
    response = visitor.get("/brand/0f766e.css")

    assert response.content.startswith(b":root{--brand:#0f766e;")


def test_an_address_that_is_nothing_is_told_kindly(visitor):
    response = visitor.get("/no-such-thing/")

    assert response.status_code == 404
    assert "No encontramos esta página" in response.content.decode()


def test_an_unknown_host_brings_its_own_styles(patitas):
    response = Client(headers={"host": "nobody.localhost"}).get("/")

    assert response.status_code == 421
    assert "Nadie vive en esta dirección" in response.content.decode()
