"""The office lets money go before its hold ends: one person asks, another confirms."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import Invalid, NotFound
from tenants.tenancy.models import HoldRelease, Membership
from tenants.tenancy.queries import held_people, member
from tenants.tenancy.rules.holds import ReleaseNotAllowed, SecondPersonNeeded


class ReasonMissing(Invalid):
    code = "hold.reason_missing"
    title = "Write how you made sure that it is them."


@transaction.atomic
def release_hold(*, by: Actor, hold_id: UUID, why: str = "") -> HoldRelease:
    """Ask for a release, or confirm what somebody else of the office asked for.

    It counts at this tenant only. Nobody releases their own money, or twice in two roles.
    """
    person = _of_the_office(by)
    held = next((each for each in held_people(by) if each.hold_id == hold_id), None)
    if held is None:
        raise NotFound(what="hold")
    if held.user_id == person.user_id:
        raise ReleaseNotAllowed
    asked = HoldRelease.objects.select_for_update().filter(hold_id=hold_id).first()
    if asked is None:
        if not why.strip():
            raise ReasonMissing(fields=["why"])
        return HoldRelease.objects.create(
            hold_id=hold_id, user_id=held.user_id, why=why.strip()[:300], asked_by=person
        )
    if asked.asked_by.user_id == person.user_id:
        raise SecondPersonNeeded
    asked.confirmed_by, asked.confirmed_at = person, clock.now()
    asked.save(update_fields=["confirmed_by", "confirmed_at"])
    return asked


def _of_the_office(by: Actor) -> Membership:
    if not by.works_in_office or by.member_id is None:
        raise ReleaseNotAllowed
    return member(by.member_id)
