"""The API knows people by their session at this host, and programs by a key of this tenant."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock
from tenants.tenancy.actions.create_key import OwnersGiveKeys, create_key, revoke_key
from tenants.tenancy.models import ApiKey
from tests.support.worlds import signed_in_client


def me(secret: str, host: str = "patitas.localhost"):
    return Client(headers={"host": host, "authorization": f"Bearer {secret}"}).get("/api/v1/me")


@pytest.fixture
def secret(olga) -> str:
    return create_key(by=olga, name="Shop", scopes=("read",)).secret


def test_everybody_may_know_whose_marketplace_this_is(patitas):
    answer = Client(headers={"host": "patitas.localhost"}).get("/api/v1/tenant").json()

    assert answer == {
        "slug": "patitas",
        "name": "Patitas",
        "niche": "pet_care",
        "country": "MX",
        "currency": "MXN",
        "timezone": "America/Mexico_City",
        "locale": "es",
        "city": "Ciudad de México",
        "brand_color": patitas.brand_color,
    }


def test_who_has_not_signed_in_is_nobody(patitas):
    answer = Client(headers={"host": "patitas.localhost"}).get("/api/v1/me")

    assert (answer.status_code, answer.json()["type"]) == (401, "sign_in")


def test_a_key_acts_as_its_owner_and_is_kept_as_a_hash(patitas, secret):
    answer = me(secret)

    assert answer.status_code == 200
    assert [each["role"] for each in answer.json()["roles"]] == ["owner"]
    assert secret not in str(ApiKey.objects.values().get())


def test_a_key_of_one_tenant_opens_nothing_next_door(patitas, lar_limpo, secret):
    assert me(secret, "lar-limpo.localhost").status_code == 401


@pytest.mark.parametrize("wrong", ["", "x", "oficio_" + "a" * 43])
def test_a_key_that_is_none_opens_nothing(patitas, secret, wrong):
    assert me(wrong).status_code == 401


def test_a_revoked_or_expired_key_opens_nothing(patitas, olga, secret):
    key = ApiKey.objects.get()
    with clock.travelling_to(key.expires_at + timedelta(seconds=1)):
        assert me(secret).status_code == 401
    revoke_key(by=olga, key_id=key.pk)

    assert me(secret).status_code == 401


def test_a_key_lives_a_year_at_most(patitas, secret):
    key = ApiKey.objects.get()

    assert key.expires_at - key.made_at <= timedelta(days=365, seconds=1)


def test_only_owners_make_keys(patitas, mora):
    with pytest.raises(OwnersGiveKeys):
        create_key(by=mora, name="x", scopes=("read",))
    assert ApiKey.objects.count() == 0


def test_the_secret_is_on_the_page_once(patitas):
    office = signed_in_client("olga", strong=True)

    page = office.post("/office/keys/", {"name": "Shop"}).content.decode()
    secret = re.search(r"<code>(oficio_[\w-]+)</code>", page).group(1)

    assert me(secret).status_code == 200
    assert secret not in office.get("/office/keys/").content.decode()


def test_an_owner_without_a_second_factor_is_no_owner(patitas, olga):
    office = signed_in_client("olga")

    assert office.get("/office/keys/").status_code == 302
    assert not office.get("/api/v1/me").json()["strong"]


WRITES = "/api/v1/workers"


def test_a_key_that_may_read_does_not_write(patitas, secret):
    program = Client(headers={"host": "patitas.localhost", "authorization": f"Bearer {secret}"})

    answer = program.post(WRITES, {}, content_type="application/json")

    assert (answer.status_code, answer.json()["type"]) == (403, "key.scope_missing")


def test_a_session_does_not_write_without_the_token_of_its_page(patitas, clara):
    browser = signed_in_client("clara")
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(WRITES, {}, content_type="application/json")

    assert (answer.status_code, answer.json()["type"]) == (403, "csrf")
