"""Who changes a contact proves it, waits for money, and is told where somebody else would be."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from kernel import clock, outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.support.models import Case
from tenants.tenancy.models import ContactChange, SecurityAlert, SecurityHold, SessionRecord, User
from tenants.tenancy.queries import (
    money_holds_of,
    proofs_of,
    sessions_anywhere,
    tenants_of_person,
)
from tenants.tenancy.rules.holds import MoneyHold
from tests.support.signing_in import Visitor, last_code
from tests.support.visits_of_people import AUTH, HERE, grow_old, sign_in
from tests.support.worlds import joins, person, signed_in_client

PHONE = "+525512345678"


@pytest.fixture
def ana_at_home(patitas, ana):
    """Ana has signed in a moment ago, with the e-mail that her account began with."""
    visitor = Visitor()
    sign_in(visitor, "ana@example.com")
    return visitor


def account() -> User:
    with working_for(HOUSE):
        return User.objects.get(first_name="Ana")


def adds_a_phone(visitor: Visitor, written: str = "55 1234 5678"):
    response = visitor.post(f"{AUTH}/account/contact/phone/", contact=written)
    assert response.status_code == 302, response.content.decode()
    page = f"{AUTH}{response['Location']}"
    return visitor.post(page, code=last_code(PHONE))


def test_a_phone_that_came_back_with_its_code_is_the_accounts(ana_at_home):
    assert adds_a_phone(ana_at_home)["Location"] == "/"

    user = account()
    assert (user.phone, user.phone_verified) == (PHONE, True)
    with working_for(HOUSE):
        change = ContactChange.objects.get()
    assert (change.kind, change.old, change.new) == ("phone", "", PHONE)


def test_after_a_change_money_is_held_for_two_days(ana_at_home):
    at = clock.now()
    with clock.travelling_to(at):
        adds_a_phone(ana_at_home)

    holds = money_holds_of(account().pk)

    until = at + timedelta(hours=48)
    assert holds == [MoneyHold(reason="contact_changed", until=until, scope="cash_out")]
    with clock.travelling_to(until + timedelta(seconds=1)):
        assert money_holds_of(account().pk) == []


def test_after_a_change_the_old_and_the_new_contact_are_told(ana_at_home, sent):
    adds_a_phone(ana_at_home)
    outbox.drain()

    told = {each.to: each.text for each in sent if "/not-me/" in each.text}
    assert set(told) == {"ana@example.com", PHONE}
    links = {
        re.search(r"http://auth\.localhost/not-me/\S+/", text).group() for text in told.values()
    }
    assert len(links) == 2
    assert all(PHONE not in text for text in told.values())


def test_the_replaced_address_is_told_too_and_opens_the_account_no_more(ana_at_home, sent):
    ana_at_home.post(f"{AUTH}/account/contact/email/", contact="new@example.com")
    page = f"{AUTH}/account/contact/email/code/"
    assert ana_at_home.post(page, code=last_code("new@example.com"))["Location"] == "/"
    outbox.drain()

    assert account().email == "new@example.com"
    assert {each.to for each in sent if "/not-me/" in each.text} == {
        "ana@example.com",
        "new@example.com",
    }
    stranger = Visitor()
    assert urlsplit(sign_in(stranger, "ana@example.com")).path == "/account/name/"


def test_the_new_phones_code_is_no_proof_for_two_days(ana_at_home):
    adds_a_phone(ana_at_home)
    assert proofs_of(account().pk) == ("email",)

    visitor = Visitor()
    visitor.jars["auth.localhost"] = Client(headers={"host": "auth.localhost"})
    assert sign_in(visitor, PHONE) == f"{HERE}/account/"

    back = visitor.get(f"{HERE}/account/confirm/?next=/wallet/")
    assert urlsplit(back["Location"]).netloc == "auth.localhost"
    _, page = visitor.open(f"{HERE}/account/confirm/?next=/wallet/")
    assert "a•••@example.com" in page.content.decode()
    assert 'value="phone"' not in page.content.decode()


def test_a_change_ends_all_other_sessions_on_every_host(ana_at_home, lar_limpo):
    elsewhere, here = _also_at(lar_limpo), signed_in_client("ana")
    assert elsewhere.get("/api/v1/me").status_code == here.get("/api/v1/me").status_code == 200

    adds_a_phone(ana_at_home)

    assert elsewhere.get("/api/v1/me").status_code == here.get("/api/v1/me").status_code == 401
    assert ana_at_home.get(f"{HERE}/account/").status_code == 302
    assert ana_at_home.get(f"{AUTH}/").status_code == 200
    with working_for(HOUSE):
        assert SessionRecord.objects.count() == 1


def _also_at(lar_limpo) -> Client:
    with working_for(lar_limpo.pk):
        joins("ana", Role.CUSTOMER)
    return signed_in_client("ana", host="lar-limpo.localhost")


def test_a_session_goes_on_under_a_new_key_after_a_change(ana_at_home):
    before = ana_at_home.at("auth.localhost").cookies["sid"].value
    adds_a_phone(ana_at_home)
    after = ana_at_home.at("auth.localhost").cookies["sid"].value

    assert after != before
    with working_for(HOUSE):
        assert SessionRecord.objects.get().session_key == after


def test_a_contact_is_changed_only_after_a_fresh_proof(ana_at_home):
    grow_old(ana_at_home)

    response = ana_at_home.post(f"{AUTH}/account/contact/phone/", contact="55 1234 5678")

    assert response["Location"] == "/account/confirm/?next=/account/contact/phone/"
    assert account().phone is None


def test_a_wrong_code_changes_nothing_and_is_counted(ana_at_home):
    ana_at_home.post(f"{AUTH}/account/contact/phone/", contact="55 1234 5678")
    page = f"{AUTH}/account/contact/phone/code/"
    right = last_code(PHONE)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    assert [ana_at_home.post(page, code=wrong).status_code for _ in range(3)] == [422] * 3
    assert ana_at_home.post(page, code=right).status_code == 422

    assert account().phone is None
    with working_for(HOUSE):
        assert not SecurityHold.objects.exists()


def test_a_contact_of_somebody_else_gets_the_same_answer_and_no_message(ana_at_home, clara, sent):
    sent.clear()

    response = ana_at_home.post(f"{AUTH}/account/contact/email/", contact="clara@example.com")
    outbox.drain()

    assert response["Location"] == "/account/contact/email/code/"
    assert sent == []
    page = f"{AUTH}{response['Location']}"
    assert ana_at_home.post(page, code="123456").status_code == 422
    assert account().email == "ana@example.com"


@pytest.mark.parametrize(
    ("kind", "written"), [("email", "ana@"), ("email", "ana@example.com"), ("phone", "12")]
)
def test_what_is_no_new_contact_is_refused(ana_at_home, kind, written):
    response = ana_at_home.post(f"{AUTH}/account/contact/{kind}/", contact=written)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()


def link_in(sent, to: str) -> str:
    texts = [each.text for each in sent if each.to == to and "/not-me/" in each.text]
    return re.search(r"http://auth\.localhost/not-me/\S+/", texts[-1]).group()


def test_looking_at_the_link_does_nothing(ana_at_home, sent):
    adds_a_phone(ana_at_home)
    outbox.drain()

    page = Visitor().get(link_in(sent, "ana@example.com"))

    assert page.status_code == 200
    assert "<form" in page.content.decode()
    assert [each.reason for each in money_holds_of(account().pk)] == ["contact_changed"]
    with working_for(HOUSE):
        assert not SecurityAlert.objects.exclude(acted_at=None).exists()


def test_this_was_not_me_ends_sessions_stops_money_and_calls_the_office(ana_at_home, sent):
    adds_a_phone(ana_at_home)
    intruder = signed_in_client("ana")
    outbox.drain()
    link = link_in(sent, "ana@example.com")

    assert Visitor().post(link).status_code == 200
    assert Visitor().post(link).status_code == 200
    outbox.drain()

    assert intruder.get("/api/v1/me").status_code == 401
    assert money_holds_of(account().pk)[0] == MoneyHold("doubted", None, "all_payouts")
    case = Case.objects.get(kind="account_doubted")
    assert (case.priority, case.person.user_id) == ("P1", account().pk)
    with working_for(HOUSE):
        assert SessionRecord.objects.count() == 0
        assert SecurityHold.objects.filter(reason="doubted").count() == 1


def test_a_link_that_nobody_sent_is_refused(patitas, ana):
    assert Visitor().get(f"{AUTH}/not-me/made-up/").status_code == 404
    assert Visitor().post(f"{AUTH}/not-me/made-up/").status_code == 404
    assert money_holds_of(account().pk) == []


def test_a_link_lives_thirty_days(ana_at_home, sent):
    adds_a_phone(ana_at_home)
    outbox.drain()
    link = link_in(sent, "ana@example.com")

    with clock.travelling_to(clock.now() + timedelta(days=30, seconds=1)):
        assert Visitor().post(link).status_code == 404
        assert "doubted" not in [each.reason for each in money_holds_of(account().pk)]


def test_the_first_device_is_welcome_and_the_next_one_makes_money_rest_a_day(patitas, ana, sent):
    first = Visitor()
    sign_in(first, "ana@example.com")
    first.post(f"{AUTH}/account/logout/")
    first.post(f"{HERE}/account/logout/")
    sign_in(first, "ana@example.com")
    assert money_holds_of(account().pk) == []

    at = clock.now()
    with clock.travelling_to(at):
        sign_in(Visitor(), "ana@example.com")
    outbox.drain()

    held = MoneyHold("new_device", at + timedelta(hours=24), "cash_out")
    assert money_holds_of(account().pk) == [held]
    assert len([each for each in sent if "/not-me/" in each.text]) == 1


def test_sessions_of_every_host_are_listed_and_ended_from_the_account(ana_at_home, lar_limpo):
    elsewhere = _also_at(lar_limpo)
    page = ana_at_home.get(f"{AUTH}/").content.decode()
    assert {"patitas.localhost", "lar-limpo.localhost", "auth.localhost"} <= set(
        re.findall(r"<b>([a-z.-]+)</b>", page)
    )
    with working_for(lar_limpo.pk):
        record = SessionRecord.objects.get()

    ana_at_home.post(f"{AUTH}/account/sessions/{record.pk}/end/")

    assert elsewhere.get("/api/v1/me").status_code == 401
    assert ana_at_home.get(f"{HERE}/api/v1/me").status_code == 200


def test_nobody_ends_the_session_of_somebody_else_from_there(ana_at_home, clara):
    theirs = signed_in_client("clara")
    record = SessionRecord.objects.get(user=person("clara"))

    assert ana_at_home.post(f"{AUTH}/account/sessions/{record.pk}/end/").status_code == 404
    assert theirs.get("/api/v1/me").status_code == 200


def test_all_other_sessions_end_at_once_on_every_host(ana_at_home, lar_limpo):
    elsewhere = _also_at(lar_limpo)

    ana_at_home.post(f"{AUTH}/account/sessions/others/end/")

    assert elsewhere.get("/api/v1/me").status_code == 401
    assert ana_at_home.get(f"{AUTH}/").status_code == 200


def test_outside_the_house_nobody_learns_where_a_person_is(patitas, ana):
    signed_in_client("ana")
    assert sessions_anywhere(account().pk) == []
    assert tenants_of_person(account().pk) == []
