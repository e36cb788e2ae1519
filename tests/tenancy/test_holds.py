"""Money on hold is let go early by two people of the office, here only, and never by oneself."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from kernel import clock
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.actions.hold_money import hold_money
from tenants.tenancy.actions.release_hold import ReasonMissing, release_hold
from tenants.tenancy.models import HoldRelease, SecurityEvent, SecurityHold
from tenants.tenancy.queries import held_people, money_holds_of, proofs_of
from tenants.tenancy.rules.holds import (
    LENGTHS,
    MoneyHold,
    ReleaseNotAllowed,
    SecondPersonNeeded,
    scope_of,
)
from tests.support.worlds import joins, person, proved_long_ago, signed_in_client

SAID = "Llamé a su número de siempre."


@pytest.fixture
def hold(patitas, ana) -> SecurityHold:
    with working_for(HOUSE):
        return hold_money(user=person("ana"), reason="contact_changed")


def reasons(name: str = "ana") -> list[str]:
    return [each.reason for each in money_holds_of(person(name).pk)]


def test_how_long_money_waits_is_said_in_one_place():
    assert {name: length and length // timedelta(hours=1) for name, length in LENGTHS.items()} == {
        "account_changed": 72,
        "factors_reset": 72,
        "recovered": 72,
        "contact_changed": 48,
        "new_device": 24,
        "doubted": None,
    }
    assert {name for name in LENGTHS if scope_of(name) == "all_payouts"} == {"doubted"}


def test_a_hold_after_a_change_is_a_security_event_that_says_why_and_nothing_of_whom(hold):
    with working_for(HOUSE):
        (event,) = SecurityEvent.objects.filter(kind="hold")
    assert (event.object_kind, event.object_id) == ("user", str(hold.user_id))
    assert (event.actor_role, event.facts) == ("system", {"reason": "contact_changed"})


def test_where_holds_overlap_the_one_that_ends_last_comes_first(hold):
    with working_for(HOUSE):
        hold_money(user=person("ana"), reason="new_device")
        hold_money(user=person("ana"), reason="factors_reset")
    assert reasons() == ["factors_reset", "contact_changed", "new_device"]


def test_a_hold_of_the_house_counts_at_every_marketplace(hold, lar_limpo):
    with working_for(lar_limpo.pk):
        joins("ana", Role.WORKER)
        assert reasons() == ["contact_changed"]


def test_a_hold_of_one_marketplace_counts_there_only(patitas, ana, lar_limpo):
    hold_money(user=person("ana"), reason="account_changed")
    assert reasons() == ["account_changed"]
    with working_for(lar_limpo.pk):
        joins("ana", Role.WORKER)
        assert reasons() == []


def test_two_people_let_money_go_and_only_here(hold, olga, mora, lar_limpo):
    release_hold(by=mora, hold_id=hold.pk, why=SAID)
    assert reasons() == ["contact_changed"]

    released = release_hold(by=olga, hold_id=hold.pk)

    assert (released.asked_by_id, released.confirmed_by_id) == (mora.member_id, olga.member_id)
    assert released.why == SAID
    assert reasons() == []
    with working_for(lar_limpo.pk):
        joins("ana", Role.WORKER)
        assert reasons() == ["contact_changed"]


def test_one_person_cannot_be_two(hold, olga):
    release_hold(by=olga, hold_id=hold.pk, why=SAID)
    as_staff = joins("olga", Role.STAFF)

    for by in (olga, as_staff):
        with pytest.raises(SecondPersonNeeded):
            release_hold(by=by, hold_id=hold.pk)
    assert HoldRelease.objects.get().confirmed_at is None
    assert reasons() == ["contact_changed"]


def test_the_database_refuses_one_person_as_both(hold, olga):
    release_hold(by=olga, hold_id=hold.pk, why=SAID)
    with pytest.raises(IntegrityError, match="two_people_release_a_hold"), transaction.atomic():
        HoldRelease.objects.update(confirmed_by_id=olga.member_id, confirmed_at=clock.now())


def test_nobody_releases_their_own_money(hold):
    ana_as_staff = joins("ana", Role.STAFF)
    with pytest.raises(ReleaseNotAllowed):
        release_hold(by=ana_as_staff, hold_id=hold.pk, why=SAID)
    assert not HoldRelease.objects.exists()


def test_a_release_without_a_reason_or_by_a_worker_is_refused(hold, mora, ana):
    with pytest.raises(ReasonMissing):
        release_hold(by=mora, hold_id=hold.pk, why="  ")
    with pytest.raises(ReleaseNotAllowed):
        release_hold(by=ana, hold_id=hold.pk, why=SAID)
    with pytest.raises(NotFound):
        held_people(ana)
    assert not HoldRelease.objects.exists()


def test_next_door_the_hold_cannot_be_found(hold, lar_limpo):
    with working_for(lar_limpo.pk):
        berta = joins("berta", Role.OWNER)
        assert held_people(berta) == []
        with pytest.raises(NotFound):
            release_hold(by=berta, hold_id=hold.pk, why=SAID)


def test_the_office_sees_and_releases_on_its_page(hold, mora, olga):
    first = signed_in_client("mora", strong=True)
    page = first.get("/office/holds/").content.decode()
    assert "Ana Prueba" in page
    assert "Cambió un contacto" in page

    url = f"/office/holds/{hold.pk}/release/"
    assert first.post(url, {"why": SAID})["Location"] == "/office/holds/"
    first.post(url)
    assert reasons() == ["contact_changed"]
    second = signed_in_client("olga", strong=True)
    assert SAID in second.get("/office/holds/").content.decode()
    second.post(url)

    assert reasons() == []
    assert "El dinero de nadie espera" in second.get("/office/holds/").content.decode()


def test_a_release_asks_for_a_fresh_proof(hold, mora):
    office = proved_long_ago(signed_in_client("mora", strong=True))
    response = office.post(f"/office/holds/{hold.pk}/release/", {"why": SAID})
    assert response["Location"].endswith("/account/confirm/?next=/office/holds/")
    assert not HoldRelease.objects.exists()


def test_who_lost_the_second_factor_gets_a_new_start_and_waits_three_days(patitas, olga, capsys):
    user, browser, at = person("olga"), signed_in_client("olga", strong=True), clock.now()
    with working_for(HOUSE):
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    assert proofs_of(user.pk) == ("app", "email")

    with clock.travelling_to(at):
        call_command("reset_factors", "Olga@example.com")

    assert proofs_of(user.pk) == ("email",)
    until = at + timedelta(hours=72)
    assert money_holds_of(user.pk) == [MoneyHold("factors_reset", until, "cash_out")]
    assert browser.get("/api/v1/me").status_code == 401
    assert f"{until:%Y-%m-%d %H:%M} UTC" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("reset_factors", "nobody@example.com")
