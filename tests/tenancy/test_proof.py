"""Before money, keys and contacts change hands, a person proves once more who they are."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from kernel import clock
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.access import demand_proof, kept_form, recently_proved
from tenants.tenancy.models import ApiKey, ContactChange, ProofCode
from tenants.tenancy.queries import money_holds_of, proofs_of
from tenants.tenancy.rules.proof import StepUpRequired, is_recent, latest_proof
from tests.support.signing_in import Visitor, app_code, last_code
from tests.support.visits_of_people import grow_old, sign_in
from tests.support.worlds import person, signed_in_client

HERE = "http://patitas.localhost"
NOON = clock.system_now().replace(hour=12, minute=0, second=0, microsecond=0)


def code_record(contact: str, kind: str = "email", minutes: int = 1) -> dict[str, object]:
    return {"method": "code", "at": (NOON - timedelta(minutes=minutes)).timestamp(), kind: contact}


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(0), True),
        (timedelta(minutes=5), True),
        (timedelta(minutes=5, seconds=1), False),
        (timedelta(seconds=-1), False),
    ],
)
def test_a_proof_is_fresh_for_five_minutes(age, fresh):
    assert is_recent(NOON - age, at=NOON) is fresh
    assert not is_recent(None, at=NOON)


@pytest.mark.parametrize(
    ("record", "counts", "proved"),
    [
        (code_record("ana@example.com"), ("email",), True),
        (code_record("ANA@example.com"), ("email",), True),
        (code_record("ana@example.com"), ("phone",), False),
        (code_record("old@example.com"), ("email",), False),
        (code_record("+525512345678", "phone"), ("email", "phone"), True),
        (code_record("+525500000000", "phone"), ("email", "phone"), False),
        ({"method": "mfa", "type": "totp", "at": NOON.timestamp()}, ("app",), True),
        ({"method": "mfa", "type": "recovery_codes", "at": NOON.timestamp()}, ("app",), False),
        ({"method": "mfa", "type": "totp", "at": NOON.timestamp()}, ("email",), False),
        ({"method": "password", "at": NOON.timestamp()}, ("app", "email", "phone"), False),
    ],
)
def test_only_an_apps_code_or_a_code_to_a_contact_of_the_account_proves_anything(
    record, counts, proved
):
    found = latest_proof([record], email="ana@example.com", phone="+525512345678", counts=counts)
    assert (found is not None) is proved


def test_the_latest_proof_counts():
    records = [code_record("a@example.com", minutes=9), code_record("a@example.com", minutes=2)]
    found = latest_proof(records, email="a@example.com", phone=None, counts=("email",))
    assert found == NOON - timedelta(minutes=2)


def test_the_contact_an_account_began_with_may_prove_at_once(patitas, ana):
    assert proofs_of(person("ana").pk) == ("email",)


def test_a_contact_that_was_changed_proves_nothing_for_two_days(patitas, ana):
    user = person("ana")
    with working_for(HOUSE):
        ContactChange.objects.create(user=user, kind="email", old="", new=user.email)

    assert proofs_of(user.pk) == ()
    with clock.travelling_to(clock.now() + timedelta(hours=48, seconds=1)):
        assert proofs_of(user.pk) == ("email",)


def test_a_tenant_learns_nothing_of_people_who_are_not_its_members(patitas, lar_limpo, carla):
    assert proofs_of(person("carla").pk) == ()
    assert money_holds_of(person("carla").pk) == []
    with working_for(lar_limpo.pk):
        assert proofs_of(person("carla").pk) == ("email",)


def test_a_program_never_passes_for_a_person(rf, patitas):
    request = rf.get("/")
    request.session = {"stamp": {"proved_at": clock.system_now().isoformat()}}
    assert recently_proved(request)
    request._by_key = True
    assert not recently_proved(request)


def test_who_proved_nothing_lately_is_told_how_and_where(rf, patitas, ana):
    request: HttpRequest = rf.get("/wallet/account/open/")
    request.session, request.user = {}, person("ana")

    with pytest.raises(StepUpRequired) as refused:
        demand_proof(request)

    assert refused.value.status == 403
    assert refused.value.details == {
        "methods": ["email"],
        "url": f"{HERE}/account/confirm/?next=/wallet/account/open/",
    }


def test_signing_in_is_a_proof_for_a_while(patitas, ana):
    visitor = Visitor()
    sign_in(visitor, "ana@example.com")

    response = visitor.get(f"{HERE}/account/confirm/?next=/wallet/")

    assert (response.status_code, response["Location"]) == (302, "/wallet/")


def test_a_code_to_an_old_contact_proves_it_and_leads_back(patitas, ana, sent):
    visitor = Visitor()
    sign_in(visitor, "ana@example.com")
    grow_old(visitor)

    address, page = visitor.open(f"{HERE}/account/confirm/?next=/messages/")
    assert urlsplit(address).path == "/account/confirm/"
    assert "a•••@example.com" in page.content.decode()
    visitor.post(address, send="email")
    code = last_code("ana@example.com")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert visitor.post(address, code=wrong).status_code == 422
    address, page = visitor.follow(visitor.post(address, code=code), "auth.localhost")

    assert (address, page.status_code) == (f"{HERE}/messages/", 200)
    assert visitor.get(f"{HERE}/account/confirm/?next=/wallet/")["Location"] == "/wallet/"


def test_the_fourth_try_at_a_code_is_none(patitas, ana):
    visitor = Visitor()
    sign_in(visitor, "ana@example.com")
    grow_old(visitor)
    address, _ = visitor.open(f"{HERE}/account/confirm/?next=/messages/")
    visitor.post(address, send="email")
    code = last_code("ana@example.com")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"

    assert [visitor.post(address, code=wrong).status_code for _ in range(3)] == [422] * 3
    assert visitor.post(address, code=code).status_code == 422

    with working_for(HOUSE):
        assert ProofCode.objects.get().used_at is None
    back = visitor.get(f"{HERE}/account/confirm/?next=/messages/")["Location"]
    assert urlsplit(back).path == "/handoff/"
    assert parse_qs(urlsplit(back).query)["confirm"] == ["1"]


def test_without_a_contact_that_may_be_used_the_page_says_until_when(patitas, ana):
    visitor = Visitor()
    sign_in(visitor, "ana@example.com")
    grow_old(visitor)
    with working_for(HOUSE):
        ContactChange.objects.create(user=person("ana"), kind="email", old="", new="x@example.com")

    address, page = visitor.open(f"{HERE}/account/confirm/?next=/messages/")

    assert "48" in page.content.decode()
    assert not re.search(r'name="send"', page.content.decode())
    visitor.post(address, send="email")
    with working_for(HOUSE):
        assert not ProofCode.objects.exists()


def test_what_a_form_held_is_found_again_once_and_only_on_its_page(rf, patitas, ana):
    kept = {"path": "/x/", "fields": "amount=10", "at": clock.system_now().timestamp()}
    stamp = {"proved_at": clock.system_now().isoformat()}
    request = rf.get("/x/")
    request.session, request._messages = {"kept": kept, "stamp": stamp}, _Said()

    elsewhere = rf.get("/y/")
    elsewhere.session = request.session
    assert kept_form(elsewhere) is None
    assert kept_form(request).dict() == {"amount": "10"}
    assert kept_form(request) is None


def test_what_a_form_held_is_forgotten_after_a_quarter_of_an_hour(rf, patitas):
    long_ago = clock.system_now().timestamp() - 15 * 60 - 1
    request = rf.get("/x/")
    request.session = {
        "kept": {"path": "/x/", "fields": "amount=10", "at": long_ago},
        "stamp": {"proved_at": clock.system_now().isoformat()},
    }
    assert kept_form(request) is None


class _Said:
    """Takes messages for the next page."""

    def add(self, *_: object) -> None:
        return None


def test_a_fresh_session_of_a_test_is_proved(patitas, ana):
    response = signed_in_client("ana").get("/account/confirm/?next=/wallet/")
    assert response["Location"] == "/wallet/"


def owner_with_an_app(visitor: Visitor) -> str:
    """Let Olga sign in to her office and set up an app there; return its secret."""
    address = sign_in(visitor, "olga@example.com", "/office/")
    page = visitor.get(address).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page).group(1)
    address, _ = visitor.follow(visitor.post(address, code=app_code(secret)), "auth.localhost")
    visitor.open("http://auth.localhost" + parse_qs(urlsplit(address).query)["next"][0])
    grow_old(visitor)
    return secret


def test_an_owner_gives_the_apps_code_and_finds_the_key_they_were_about_to_make(patitas, olga):
    visitor = Visitor()
    secret = owner_with_an_app(visitor)

    response = visitor.post(f"{HERE}/office/keys/", name="Accounts", writes="on")
    address, page = visitor.follow(response, "patitas.localhost")
    assert urlsplit(address).path == "/factor/again/"
    code = app_code(secret, 1)
    address, page = visitor.follow(visitor.post(address, code=code), "auth.localhost")

    assert (address, page.status_code) == (f"{HERE}/office/keys/", 200)
    assert page.context["form"]["name"].value() == "Accounts"
    assert not ApiKey.objects.exists()
    visitor.post(f"{HERE}/office/keys/", name="Accounts", writes="on")
    assert ApiKey.objects.get().scopes == ["read", "write"]


def test_who_has_no_app_at_hand_may_take_a_code_but_a_recovery_code_proves_nothing(patitas, olga):
    visitor = Visitor()
    owner_with_an_app(visitor)
    address, page = visitor.open(f"{HERE}/account/confirm/?next=/messages/")
    assert urlsplit(address).path == "/factor/again/"
    with working_for(HOUSE):
        app = Authenticator.objects.get(type="recovery_codes")
        spare = app.wrap().get_unused_codes()[0]

    back, _ = visitor.follow(visitor.post(address, code=spare), "auth.localhost")
    assert urlsplit(back).path == "/factor/again/"
    way = re.search(r'href="(/account/confirm/\?code=1[^"]+)"', page.content.decode()).group(1)
    address = "http://auth.localhost" + way.replace("&amp;", "&")
    visitor.post(address, send="email")
    code = last_code("olga@example.com")
    address, page = visitor.follow(visitor.post(address, code=code), "auth.localhost")

    assert (address, page.status_code) == (f"{HERE}/messages/", 200)
