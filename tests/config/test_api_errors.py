"""What a program is told where nothing is, and in whose words."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.mark.parametrize("path", ["/api/", "/api/v1/nothing", "/api/v1/nothing/", "/api/v2/wallet"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_address_that_the_api_does_not_have_is_a_problem_and_no_page(path, method):
    client = Client(headers={"host": "patitas.localhost"}, enforce_csrf_checks=True)
    answer = getattr(client, method)(path)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["type"] == "not_found"


@pytest.mark.parametrize(
    ("language", "missing", "sign_in"),
    [
        ("es", "No lo encontramos.", "Primero inicia sesión."),
        ("pt-BR", "Não encontramos isso.", "Entre na sua conta primeiro."),
        ("en", "We could not find that.", "Sign in first."),
    ],
)
def test_a_problem_is_told_in_the_language_that_was_asked_for(language, missing, sign_in):
    client = Client(headers={"host": "patitas.localhost", "accept-language": language})

    assert client.get("/api/v1/nothing").json()["title"] == missing
    answer = client.get("/api/v1/wallet")
    assert (answer.status_code, answer.json()["title"]) == (401, sign_in)


def test_the_office_offers_only_clocks_that_a_browser_knows(settings):
    assert {"America/Mexico_City", "America/Sao_Paulo"} <= set(settings.WAGTAIL_USER_TIME_ZONES)
    assert not {"localtime", "Factory"} & set(settings.WAGTAIL_USER_TIME_ZONES)
