"""A business opens its marketplace: by a form and a code, or by an operator's command."""

import re
import time
from io import StringIO
from urllib.parse import quote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.open_tenant import Opening, opening_in
from tenants.tenancy.countries import COUNTRIES
from tenants.tenancy.countries.base import CountryUnknown
from tenants.tenancy.models import Domain, Membership, Tenant, User
from tenants.tenancy.rules.niches import NicheUnknown
from tenants.tenancy.rules.regions import region_of
from tests.support.signing_in import Visitor, last_code

FORM = {
    "name": "Manos Buenas",
    "niche": "elder_care",
    "country": "CO",
    "city": "Medellín",
    "slug": "manos-buenas",
    "first_name": "Nora",
    "last_name": "Gil",
    "email": "nora@example.com",
    "brand_color": "#7a3b69",
}


def tenants() -> list[str]:
    return list(Tenant.objects.exclude(pk=HOUSE).values_list("slug", flat=True))


def platform() -> Client:
    return Client(headers={"host": "localhost"})


def test_a_form_and_a_code_open_a_marketplace(db, sent):
    visitor = Visitor()
    address, page = visitor.follow(visitor.post("http://localhost/open/", **FORM), "localhost")
    assert 'value="nora@example.com"' in page.content.decode()
    assert tenants() == []
    code_page = visitor.post(address, contact=FORM["email"])["Location"]
    entered = visitor.post(f"http://auth.localhost{code_page}", code=last_code())
    address, page = visitor.follow(entered, "auth.localhost")
    assert urlsplit(address).path == "/open/"
    assert "manos-buenas.localhost" in page.content.decode()

    began = time.monotonic()
    address, page = visitor.follow(visitor.post(address), "auth.localhost")

    assert time.monotonic() - began < 2
    assert 'href="http://manos-buenas.localhost/office/"' in page.content.decode()
    tenant = Tenant.objects.get(slug="manos-buenas")
    assert (tenant.currency, tenant.timezone, tenant.locale) == ("COP", "America/Bogota", "es")
    assert (tenant.latitude, tenant.longitude) == (6.2476, -75.5658)
    with working_for(tenant.pk):
        owner = Membership.objects.select_related("user").get()
        assert (owner.role, owner.user.email) == ("owner", "nora@example.com")
        assert owner.user.get_full_name() == "Nora Gil"
    front = Client(headers={"host": "manos-buenas.localhost"}).get("/")
    assert front.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "no spaces"),
        ("slug", "a"),
        ("slug", "auth"),
        ("slug", "patitas"),
        ("email", "nora"),
        ("country", "US"),
        ("niche", "banking"),
        ("brand_color", "red;}"),
        ("name", ""),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(patitas, field, value):
    page = platform().post("/open/", {**FORM, field: value}).content.decode()

    assert f'id="id_{field}_error"' in page
    assert page.count('class="error"') == 1
    kept = "last_name" if field != "last_name" else "first_name"
    assert f'value="{FORM[kept]}"' in page
    assert tenants() == ["patitas"]


def test_nobody_opens_anything_with_a_wish_they_made_up(db):
    made_up = Client(headers={"host": "auth.localhost"}).get("/open/?wish=made.up:x")

    assert made_up.status_code == 400


def test_an_operator_opens_a_marketplace_with_one_command(db):
    out = StringIO()
    call_command(
        "open_tenant",
        slug="brilho",
        name="Brilho",
        niche="cleaning",
        country="BR",
        owner_email="bia@example.com",
        stdout=out,
    )

    assert "Brilho is open at http://brilho.localhost/" in out.getvalue()
    tenant = Tenant.objects.get(slug="brilho")
    assert (tenant.city, tenant.currency, tenant.locale) == ("São Paulo", "BRL", "pt-br")


def test_the_command_says_why_it_refuses(patitas):
    with pytest.raises(CommandError, match="already taken"):
        call_command("open_tenant", slug="patitas", name="X", owner_email="x@example.com")
    assert Domain.objects.filter(serves="tenant").count() == 1


def wish(**changes: str) -> Opening:
    fields = {"country_code": "MX", "slug": "x-y", "name": "X", "niche": "general"}
    return opening_in(**{**fields, "city": "", "brand_color": "#000000", **changes})


def test_a_city_decides_the_clock():
    assert wish(city="tijuana").timezone == "America/Tijuana"
    assert wish(city="Pueblo Chico").timezone == "America/Mexico_City"
    assert wish(city="Pueblo Chico").city == "Pueblo Chico"


def test_unknown_countries_and_trades_are_refused():
    with pytest.raises(CountryUnknown):
        wish(country_code="US")
    with pytest.raises(NicheUnknown):
        wish(niche="banking")


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_a_country_knows_all_that_a_marketplace_needs(code):
    opening = wish(country_code=code)

    assert len(opening.currency) == 3
    assert opening.locale in {"es", "pt-br"}
    assert opening.timezone.startswith("America/")
    assert opening.latitude is not None
    assert COUNTRIES[code].national_ids


def test_the_house_introduces_itself(db):
    page = platform().get("/").content.decode()

    assert 'href="/open/"' in page


def test_accounts_made_for_owners_have_no_password(db):
    call_command("open_tenant", slug="uno", name="Uno", owner_email="u@example.com")

    with working_for(HOUSE):
        assert not User.objects.get(email="u@example.com").has_usable_password()


def test_the_way_back_survives_a_long_wish(db):
    long = {**FORM, "name": "N" * 60, "city": "C" * 80, "last_name": "L" * 60}
    response = platform().post("/open/", long)

    assert response.status_code == 302
    page = Client(headers={"host": "auth.localhost"}).get(
        response["Location"].removeprefix("http://auth.localhost")
    )
    assert quote("/open/?wish=")[:6] in page["Location"]
    assert len(page["Location"]) < 1500


def chosen_country(accepted: str) -> list[str]:
    page = Client(headers={"host": "localhost", "accept-language": accepted}).get("/open/")
    return re.findall(r'<option value="([^"]*)" selected', page.content.decode())


def test_no_country_is_chosen_for_somebody_unless_the_browser_names_one(db):
    assert "" in chosen_country("es")
    assert "BR" in chosen_country("pt-BR,pt;q=0.9")
    assert not {"AR", "MX"} & set(chosen_country("es-419,es;q=0.9"))


def test_a_form_without_a_country_asks_for_one(patitas):
    page = platform().post("/open/", {**FORM, "country": ""}).content.decode()

    assert "Elige el país donde está tu negocio." in page
    assert page.count('class="error"') == 1
    assert tenants() == ["patitas"]


@pytest.mark.parametrize(
    ("accepted", "region"),
    [
        ("es-CO,es;q=0.9", "CO"),
        ("es, es-CO;q=0.9", ""),
        ("pt-Latn-br;q=1", "BR"),
        ("es-419", ""),
        ("en-US", ""),
        ("", ""),
        ("*", ""),
        ("<script>", ""),
    ],
)
def test_a_browsers_first_language_may_tell_the_country(accepted, region):
    assert region_of(accepted, known={"CO", "BR"}) == region
