"""Signing in: a code, perhaps a second factor, and a handoff to the host one came from."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from kernel import outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.join import join
from tenants.tenancy.models import Handoff, Membership, SessionRecord, User
from tenants.tenancy.rules.handoff import safe_next
from tests.support.signing_in import Visitor, app_code, last_code
from tests.support.worlds import person, signed_in_client

LOGIN = "http://auth.localhost/account/login/"
HERE = "http://patitas.localhost"
START = f"{HERE}/account/login/?next=/account/"


def ask(visitor: Visitor, contact: str, start: str = START) -> str:
    """Go from a marketplace to the auth host and ask for a code; return the code's page."""
    address, _ = visitor.open(start)
    response = visitor.post(address, contact=contact)
    assert response.status_code == 302, response.content.decode()
    return f"http://auth.localhost{response['Location']}"


def sign_in(visitor: Visitor, contact: str, start: str = START):
    page = ask(visitor, contact, start)
    return visitor.follow(visitor.post(page, code=last_code()), "auth.localhost")


def people() -> int:
    with working_for(HOUSE):
        return User.objects.count()


def test_a_new_person_joins_with_a_code_and_a_name(patitas, sent):
    visitor = Visitor()

    address, page = sign_in(visitor, "Rosa@example.com")
    assert urlsplit(address).path == "/account/name/"
    address, page = visitor.follow(
        visitor.post(address, first_name="Rosa", last_name="Luna"), "auth.localhost"
    )

    assert (address, page.status_code) == (f"{HERE}/account/", 200)
    assert "Rosa" in page.content.decode()
    member = Membership.objects.select_related("user").get(role="customer")
    assert (member.user.email, member.user.public_name) == ("rosa@example.com", "Rosa L.")
    assert (sent[-1].channel, sent[-1].to) == ("email", "rosa@example.com")


def test_a_phone_is_as_good_as_an_address(patitas, sent):
    visitor = Visitor()

    address, _ = sign_in(visitor, "55 1234 5678")

    assert urlsplit(address).path == "/account/name/"
    with working_for(HOUSE):
        assert User.objects.get(phone="+525512345678").phone_verified
    assert (sent[-1].channel, sent[-1].to) == ("sms", "+525512345678")


def test_who_has_a_name_arrives_at_once_in_a_fresh_session(patitas, clara):
    visitor = Visitor()

    address, page = sign_in(visitor, "clara@example.com")

    assert (address, page.status_code) == (f"{HERE}/account/", 200)
    record = SessionRecord.objects.get()
    assert (record.host, record.strong) == ("patitas.localhost", False)
    assert visitor.at("patitas.localhost").cookies["ho"].value == ""


def test_known_and_unknown_people_get_the_same_answer(patitas, clara):
    pages = []
    for contact in ("clara@example.com", "nobody@example.com"):
        visitor = Visitor()
        body = visitor.get(ask(visitor, contact)).content.decode()
        pages.append(re.sub(r'value="[^"]{60,}"|c•••|n•••|nonce="[^"]+"|state[^&"]*', "", body))

    assert pages[0].replace("X-CSRFToken", "")[:400] == pages[1].replace("X-CSRFToken", "")[:400]
    assert len(pages[0].split()) == len(pages[1].split())


def test_the_fourth_try_finds_no_code_any_more(patitas, clara):
    visitor = Visitor()
    page = ask(visitor, "clara@example.com")
    right = last_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    assert [visitor.post(page, code=wrong).status_code for _ in range(3)] == [200, 200, 302]
    response = visitor.post(page, code=right)

    assert response.status_code == 302
    assert urlsplit(response["Location"]).path in {"/account/code/", "/account/login/"}
    assert SessionRecord.objects.count() == 0


def test_three_codes_a_minute_and_no_more(patitas, clara, sent):
    for _ in range(3):
        ask(Visitor(), "clara@example.com")

    english = Client(headers={"host": "auth.localhost", "accept-language": "en"})
    response = english.post("/account/login/", {"contact": "Clara@example.com"})

    assert response.status_code == 200
    assert "Too many attempts. Please wait a moment." in response.content.decode()
    outbox.drain()
    assert len(sent) == 3


@pytest.mark.parametrize("contact", ["", "12", "ana@", "<script>"])
def test_what_is_no_contact_is_refused_and_opens_no_account(patitas, contact):
    before = people()
    response = Client(headers={"host": "auth.localhost"}).post(
        "/account/login/", {"contact": contact}
    )

    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert people() == before


def handed(visitor: Visitor) -> str:
    """Sign Clara in at the auth host, and return the address that leads back, not yet opened."""
    sign_in(visitor, "clara@example.com")
    visitor.at("patitas.localhost").cookies.pop("sid")
    response = visitor.get(f"{HERE}/account/login/?next=/account/")
    response = visitor.get(response["Location"])
    return response["Location"]


def test_a_handoff_works_once(patitas, clara):
    visitor = Visitor()
    arrival = handed(visitor)
    state = visitor.at("patitas.localhost").cookies["ho"].value

    assert visitor.get(arrival)["Location"] == "/account/"
    visitor.at("patitas.localhost").cookies["ho"] = state
    again = visitor.get(arrival)

    assert again.status_code == 400
    assert Handoff.objects.filter(used_at=None).count() == 0


def test_a_handoff_of_one_host_is_refused_at_another(patitas, lar_limpo, clara):
    visitor = Visitor()
    arrival = handed(visitor)
    state = visitor.at("patitas.localhost").cookies["ho"].value
    there = visitor.at("lar-limpo.localhost")
    there.cookies["ho"] = state

    assert visitor.get(arrival.replace("patitas", "lar-limpo")).status_code == 400
    with working_for(lar_limpo.pk):
        assert Membership.objects.filter(role="customer").count() == 0


@pytest.mark.parametrize("state", ["", "stolen"])
def test_a_handoff_is_worth_nothing_in_another_browser(patitas, clara, state):
    arrival = handed(Visitor())
    thief = Client(headers={"host": "patitas.localhost"})
    thief.cookies["ho"] = state
    parts = urlsplit(arrival)

    response = thief.get(f"{parts.path}?{parts.query}")

    assert response.status_code == 400
    assert "sid" not in thief.cookies


def test_a_handoff_lives_a_minute(patitas, clara):
    visitor = Visitor()
    arrival = handed(visitor)
    for handoff in Handoff.objects.filter(used_at=None):
        handoff.expires_at -= timedelta(seconds=61)
        handoff.save()

    assert visitor.get(arrival).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "http://lar-limpo.localhost/",
        "javascript:alert(1)",
        "",
        None,
        "/a\nb",
        "\t//evil.example",
        "/" + "a" * 1500,
    ],
)
def test_the_way_back_never_leads_to_another_host(path):
    assert safe_next(path) == "/"


def test_the_way_back_keeps_a_path_of_this_host():
    assert safe_next("/search/?q=paseo&x=1#top") == "/search/?q=paseo&x=1#top"


def test_who_was_let_go_does_not_arrive(patitas, clara):
    Membership.objects.filter(pk=clara.member_id).update(active=False)

    _, page = sign_in(Visitor(), "clara@example.com")

    assert page.status_code == 403
    assert SessionRecord.objects.count() == 0


def test_an_owner_sets_up_an_app_before_the_office_opens(patitas, olga):
    visitor = Visitor()

    address, page = sign_in(visitor, "olga@example.com", f"{HERE}/office/")
    assert urlsplit(address).path == "/factor/new/"
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode()).group(1)
    wrong = visitor.post(address, code="000000")
    assert wrong.status_code == 200
    address, page = visitor.follow(visitor.post(address, code=app_code(secret)), "auth.localhost")
    assert urlsplit(address).path == "/factor/recovery/"
    way_on = parse_qs(urlsplit(address).query)["next"][0]
    address, page = visitor.open(f"http://auth.localhost{way_on}")

    assert (address, page.status_code) == (f"{HERE}/office/", 200)
    assert SessionRecord.objects.get().strong
    with working_for(HOUSE):
        stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret.replace(" ", "") not in stored


def test_who_has_an_app_is_asked_for_its_code_and_each_code_counts_once(patitas, olga):
    first = Visitor()
    address, page = sign_in(first, "olga@example.com", f"{HERE}/office/")
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode()).group(1)
    first.post(address, code=app_code(secret))
    code = app_code(secret, 1)

    second = Visitor()
    address, page = sign_in(second, "olga@example.com", f"{HERE}/office/")
    assert urlsplit(address).path == "/factor/"
    assert HERE in page["Content-Security-Policy"].partition("form-action")[2].partition(";")[0]
    assert "Patitas" in page.content.decode()
    address, page = second.follow(second.post(address, code=code), "auth.localhost")
    third = Visitor()
    page_of_third, _ = sign_in(third, "olga@example.com", f"{HERE}/office/")

    assert (address, page.status_code) == (f"{HERE}/office/", 200)
    assert third.post(page_of_third, code=code).status_code == 200


def test_without_a_second_factor_an_owner_is_sent_to_give_one(patitas, olga):
    response = signed_in_client("olga").get("/office/")

    assert (response.status_code, response["Location"]) == (
        302,
        "/account/login/?next=/office/",
    )


def test_with_a_second_factor_the_office_opens(patitas, olga):
    assert signed_in_client("olga", strong=True).get("/office/").status_code == 200


@pytest.mark.parametrize("path", ["/office/", "/office/pages/", "/office/login/"])
def test_for_strangers_there_is_no_office(patitas, clara, path):
    assert signed_in_client("clara", strong=True).get(path).status_code == 404
    assert Client(headers={"host": "patitas.localhost"}).get(path).status_code == 302


def test_a_customer_at_the_office_learns_whose_it_is_and_comes_back_as_somebody_else(
    patitas, clara
):
    visitor = Visitor()
    sign_in(visitor, "clara@example.com")
    closed = visitor.get(f"{HERE}/office/")
    assert closed.status_code == 404
    assert "clara@example.com" in closed.content.decode()
    assert "/account/login/?next=/office/&amp;other=1" in closed.content.decode()

    address, page = visitor.open(f"{HERE}/account/login/?next=/office/&other=1")
    assert urlsplit(address).path == "/handoff/"
    assert "clara@example.com" in page.content.decode()

    address, _ = visitor.follow(visitor.post(address), "auth.localhost")
    assert urlsplit(address).path == "/account/login/"
    assert "other" not in address


def test_signing_out_ends_the_session(patitas, clara):
    client = signed_in_client("clara")

    assert client.post("/account/logout/")["Location"] == "/"
    assert client.get("/api/v1/me").status_code == 401
    assert SessionRecord.objects.count() == 0


def test_one_person_is_somebody_else_at_each_marketplace(patitas, lar_limpo, clara):
    with working_for(lar_limpo.pk):
        join(user=person("clara"), role=Role.WORKER)

    here = signed_in_client("clara").get("/api/v1/me").json()
    there = signed_in_client("clara", host="lar-limpo.localhost").get("/api/v1/me").json()

    assert here["id"] == there["id"]
    assert [each["role"] for each in here["roles"]] == ["customer"]
    assert [each["role"] for each in there["roles"]] == ["worker"]


def test_a_marketplace_speaks_its_own_language_until_asked_otherwise(patitas, lar_limpo):
    client = Client(headers={"host": "lar-limpo.localhost"})

    assert 'lang="pt-br"' in client.get("/account/logout/").content.decode()
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in client.get("/account/logout/").content.decode()


@pytest.mark.parametrize("host", ["evil.example", "patitas.localhost.evil.example", "patitas"])
def test_a_forged_host_is_misdirected(patitas, host):
    assert Client(headers={"host": host}).get("/account/login/").status_code == 421


def test_addresses_come_from_the_stored_domain_not_from_the_request(patitas):
    client = Client(headers={"host": "patitas.localhost", "x-forwarded-host": "evil.example"})

    assert client.get("/account/login/")["Location"].startswith("http://auth.localhost/handoff/?")
