"""People get one account, and a membership for each role at each tenant."""

import pytest

from kernel.actor import Actor, Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.models import OutboxEvent
from tenants.tenancy.actions.invite_member import OwnersInvite, invite_member
from tenants.tenancy.actions.join import MembershipEnded, join
from tenants.tenancy.actions.sign_up import ContactMissing, find_or_make_user
from tenants.tenancy.models import Membership, User
from tenants.tenancy.queries import membership_of
from tenants.tenancy.rules.contacts import (
    EmailInvalid,
    PhoneInvalid,
    clean_email,
    clean_phone,
    masked,
)
from tests.support.worlds import person


def everybody() -> int:
    with working_for(HOUSE):
        return User.objects.count()


def test_an_account_is_found_again_however_its_address_is_written(patitas):
    first = find_or_make_user(email="Rosa@Example.com ", first_name="Rosa")
    again = find_or_make_user(email="rosa@example.com", first_name="Somebody else")

    assert (first.pk, again.first_name) == (again.pk, "Rosa")
    assert not again.has_usable_password()
    assert everybody() == 2


def test_an_account_needs_a_way_to_reach_the_person(patitas):
    with pytest.raises(ContactMissing):
        find_or_make_user(first_name="Nobody")
    assert everybody() == 1


def test_two_people_without_a_phone_are_two_people(patitas):
    one = find_or_make_user(email="one@example.com", phone="")
    two = find_or_make_user(email="two@example.com", phone="")

    assert one.pk != two.pk


def test_joining_twice_is_joining_once(patitas):
    first = join(user=person("rosa"), role=Role.CUSTOMER)
    again = join(user=person("rosa"), role=Role.CUSTOMER)

    assert first.pk == again.pk
    assert OutboxEvent.objects.filter(payload__member_id=str(first.pk)).count() == 1


def test_who_was_let_go_does_not_walk_back_in(patitas, clara, olga):
    Membership.objects.filter(pk=clara.member_id).update(active=False)

    with pytest.raises(MembershipEnded):
        join(user=person("clara"), role=Role.CUSTOMER)
    assert not Membership.objects.get(pk=clara.member_id).active
    join(user=person("clara"), role=Role.CUSTOMER, by=olga)
    assert Membership.objects.get(pk=clara.member_id).active


def test_an_owner_invites_a_moderator_who_may_enter_the_office(patitas, olga):
    invited = invite_member(
        by=olga,
        email="mora@example.com",
        role=Role.STAFF,
        first_name="Mora",
        last_name="Ruiz",
        moderates=True,
    )

    assert membership_of(invited.user_id, role="staff").moderates
    assert invited.user.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize("role", [Role.STAFF, Role.WORKER, Role.CUSTOMER])
def test_only_owners_invite(patitas, clara, role):
    before = Membership.objects.count()

    with pytest.raises(OwnersInvite):
        invite_member(
            by=Actor(role=role, member_id=clara.member_id),
            email="x@example.com",
            role=Role.OWNER,
            first_name="X",
            last_name="Y",
        )
    assert Membership.objects.count() == before


@pytest.mark.parametrize("written", ["", "ana", "ana@", "ana@example", "a b@example.com"])
def test_what_is_no_address_is_refused(written):
    with pytest.raises(EmailInvalid):
        clean_email(written)


@pytest.mark.parametrize(
    ("written", "region", "kept"),
    [
        ("55 1234 5678", "MX", "+525512345678"),
        ("(11) 91234-5678", "BR", "+5511912345678"),
        ("+56 9 6123 4567", "MX", "+56961234567"),
    ],
)
def test_a_phone_is_kept_in_one_form(written, region, kept):
    assert clean_phone(written, region=region) == kept


@pytest.mark.parametrize("written", ["", "12", "+999123456789", "call me"])
def test_what_is_no_phone_is_refused(written):
    with pytest.raises(PhoneInvalid):
        clean_phone(written, region="MX")


def test_a_contact_is_shown_so_that_only_its_owner_knows_it():
    assert masked("ana@example.com") == "a•••@example.com"
    assert masked("+525512345678") == "+52 ••• 78"
