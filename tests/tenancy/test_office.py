"""In the office: what the business decides, and who works there."""

from typing import ClassVar, Literal

import pytest
from pydantic import Field

from kernel.actor import Role
from tenants.tenancy.actions.create_key import create_key
from tenants.tenancy.actions.end_membership import LastOwner, end_membership
from tenants.tenancy.actions.invite_member import OwnersInvite
from tenants.tenancy.models import ApiKey, Membership, SessionRecord, TenantSetting
from tenants.tenancy.queries import settings_of
from tenants.tenancy.settings_schema import SCHEMAS, TenantSettings
from tests.support.worlds import person, proved_long_ago, signed_in_client

GROUP = "tests.shop"


@pytest.fixture
def shop():
    """A group of settings with every kind of field."""

    class Shop(TenantSettings):
        """How the shop is run."""

        group: ClassVar[str] = GROUP
        open_late: bool = Field(False, title="Open late")
        tables: int = Field(4, ge=1, le=9, title="Tables")
        share: float = Field(0.5, ge=0, le=1, title="Share")
        mood: Literal["calm", "loud"] = Field("calm", title="Mood")
        words: tuple[str, ...] = Field(("one",), title="Words")

    yield Shop
    del SCHEMAS[GROUP]


DECIDED = {"open_late": "on", "tables": "7", "share": "0.25", "mood": "loud", "words": "a, b"}


def test_an_owner_decides_and_it_is_so(patitas, shop):
    office = signed_in_client("olga", strong=True)
    assert "How the shop is run<" in office.get("/office/rules/").content.decode()

    assert office.post(f"/office/rules/{GROUP}/", DECIDED).status_code == 302

    now = settings_of(shop)
    assert (now.open_late, now.tables, now.share, now.mood) == (True, 7, 0.25, "loud")
    assert now.words == ("a", "b")


def test_what_is_outside_the_limits_is_refused_beside_its_field(patitas, shop):
    office = signed_in_client("olga", strong=True)

    page = office.post(f"/office/rules/{GROUP}/", {**DECIDED, "tables": "10"})

    assert page.status_code == 200
    assert "tables" in page.context["form"].errors
    assert TenantSetting.objects.count() == 0


@pytest.mark.parametrize("path", ["/office/rules/", f"/office/rules/{GROUP}/"])
def test_staff_do_not_decide(patitas, shop, mora, path):
    office = signed_in_client("mora", strong=True)

    assert office.get(path).status_code == 404
    assert office.post(path, DECIDED).status_code == 404
    assert TenantSetting.objects.count() == 0


def test_every_group_of_settings_can_be_shown_and_saved_as_it_is(patitas):
    office = signed_in_client("olga", strong=True)
    for group in SCHEMAS:
        page = office.get(f"/office/rules/{group}/")
        assert page.status_code == 200, group
        form = page.context["form"]
        values = {name: form[name].value() for name in form.fields}
        sent = {
            name: value
            for name, value in values.items()
            if value is not False and value is not None
        }
        again = office.post(f"/office/rules/{group}/", sent)
        assert again.status_code == 302, (group, again.context["form"].errors)
        assert settings_of(SCHEMAS[group]) == SCHEMAS[group]()


INVITED = {
    "email": "mora@example.com",
    "first_name": "Mora",
    "last_name": "Ruiz",
    "role": "staff",
    "moderates": "on",
}


def test_an_owner_invites_somebody_to_the_team(patitas):
    office = signed_in_client("olga", strong=True)

    assert office.post("/office/people/", INVITED).status_code == 302

    member = Membership.objects.get(role="staff")
    assert (member.user.public_name, member.moderates) == ("Mora R.", True)
    assert "mora@example.com" in office.get("/office/people/").content.decode()


def test_staff_see_the_team_and_invite_nobody(patitas, mora):
    office = signed_in_client("mora", strong=True)
    assert office.get("/office/people/").status_code == 200

    office.post("/office/people/", {**INVITED, "email": "new@example.com"})

    assert Membership.objects.filter(role="staff").count() == 1


def test_who_is_let_go_is_out_at_once(patitas, mora):
    theirs = signed_in_client("mora", strong=True)
    assert theirs.get("/office/").status_code == 200

    signed_in_client("olga", strong=True).post(f"/office/people/{mora.member_id}/let-go/")

    assert theirs.get("/office/").status_code == 302
    assert not Membership.objects.get(pk=mora.member_id).active
    assert (
        SessionRecord.objects.filter(
            user_id=Membership.objects.get(pk=mora.member_id).user_id
        ).count()
        == 0
    )


def test_the_last_owner_stays(patitas, olga, mora):
    with pytest.raises(LastOwner):
        end_membership(by=olga, member_id=olga.member_id)
    with pytest.raises(OwnersInvite):
        end_membership(by=mora, member_id=olga.member_id)
    assert Membership.objects.filter(role=Role.OWNER, active=True).count() == 1


def test_keys_and_roles_ask_for_a_fresh_proof_and_keep_the_form(patitas, mora):
    office = proved_long_ago(signed_in_client("olga", strong=True))
    back = "http://patitas.localhost/account/confirm/?next=/office/"

    refused = [
        office.post("/office/people/", {**INVITED, "email": "new@example.com"}),
        office.post(f"/office/people/{mora.member_id}/let-go/"),
        office.post("/office/keys/", {"name": "Accounts", "writes": "on"}),
    ]

    assert [each["Location"] for each in refused] == [
        f"{back}people/",
        f"{back}people/",
        f"{back}keys/",
    ]
    assert not ApiKey.objects.exists()
    assert Membership.objects.get(pk=mora.member_id).active
    assert Membership.objects.filter(role="staff").count() == 1

    form = proved_long_ago(office, minutes=0).get("/office/keys/").context["form"]
    assert (form["name"].value(), form["writes"].value()) == ("Accounts", "on")


def test_a_key_is_taken_away_only_after_a_fresh_proof(patitas, olga):
    key = create_key(by=olga, name="Accounts", scopes=("read",)).key
    office = proved_long_ago(signed_in_client("olga", strong=True))

    response = office.post(f"/office/keys/{key.pk}/revoke/")

    assert response["Location"].endswith("/account/confirm/?next=/office/keys/")
    key.refresh_from_db()
    assert key.revoked_at is None


def test_the_rules_are_listed_by_whom_they_concern_with_what_is_decided_now(patitas):
    page = signed_in_client("olga", strong=True).get("/office/rules/").content.decode()

    customers, workers, office = map(
        page.index, ("quien reserva", "quien trabaja</h2>", "tu oficina")
    )
    assert customers < page.index("Política de cancelación") < workers
    assert workers < page.index("Documento de identidad, La cara") < office
    assert "MXN" in page[workers:office]
    assert office < page.index("09:00")


def test_amounts_are_typed_as_people_write_them(patitas):
    office = signed_in_client("olga", strong=True)
    form = office.get("/office/rules/payments.cash_out/").context["form"]
    sent = {each.name: each.value() for each in form if each.value() is not False}
    assert str(sent["minimum_minor"]) == "1.00"

    office.post("/office/rules/payments.cash_out/", {**sent, "minimum_minor": "12.50"})

    assert settings_of(SCHEMAS["payments.cash_out"]).minimum_minor == 1_250


def test_checks_are_chosen_from_those_we_know(patitas):
    office = signed_in_client("olga", strong=True)
    path = "/office/rules/identity.requirements/"
    unknown = office.post(path, {"checks": ["id_document", "horoscope"]})
    assert "checks" in unknown.context["form"].errors
    assert TenantSetting.objects.count() == 0

    office.post(path, {"checks": ["insurance", "id_document"]})

    assert settings_of(SCHEMAS["identity.requirements"]).checks == ("insurance", "id_document")


def test_the_offices_own_account_page_changes_no_contact_and_no_password(patitas, mora):
    office = signed_in_client("mora", strong=True)
    names = {
        "name_email-first_name": "Mora",
        "name_email-last_name": "Prueba",
        "name_email-email": "thief@example.com",
    }

    page = office.get("/office/account/").content.decode()
    office.post("/office/account/", names)

    assert 'name="name_email-first_name"' in page
    assert 'name="name_email-email"' not in page
    assert person("mora").pk == Membership.objects.get(pk=mora.member_id).user_id
    assert office.get("/office/password_reset/").status_code == 404


def test_a_new_role_ends_the_sessions_that_were_begun_without_it(patitas, clara):
    theirs = signed_in_client("clara")

    signed_in_client("olga", strong=True).post(
        "/office/people/", {**INVITED, "email": "clara@example.com"}
    )

    assert theirs.get("/api/v1/me").status_code == 401
    assert signed_in_client("clara").get("/api/v1/me").status_code == 200
