"""What support hears of."""

from uuid import UUID

from django.utils.translation import gettext, override

from kernel.actor import SYSTEM
from kernel.events import on
from kernel.timers import Dead, when_dead
from tenants.messaging.events import PersonNotReached
from tenants.support.actions.open_case import open_case
from tenants.tenancy.events import AccountDoubted
from tenants.tenancy.queries import here


@on(PersonNotReached)
def call_the_person(fact: PersonNotReached) -> None:
    """No channel took a message: somebody has to call."""
    with override(here().locale):
        title = gettext("No message reaches this person: please call.")
    open_case(
        by=SYSTEM,
        kind="not_reached",
        priority="P1" if fact.purpose == "safety" else "P3",
        about_kind="membership",
        about_id=UUID(fact.member_id),
        person_id=UUID(fact.member_id),
        title=title,
        key=f"not_reached:{fact.member_id}",
    )


@on(AccountDoubted)
def look_at_the_account(fact: AccountDoubted) -> None:
    """Somebody else may be in a member's account: a person has to find out at once."""
    with override(here().locale):
        title = gettext("A member says a change to their account was not theirs. Call them.")
    open_case(
        by=SYSTEM,
        kind="account_doubted",
        priority="P1",
        about_kind="membership",
        about_id=UUID(fact.member_id),
        person_id=UUID(fact.member_id),
        title=title,
        key=f"account_doubted:{fact.member_id}",
    )


@when_dead
def do_it_by_hand(dead: Dead) -> None:
    """What was due has failed six times: somebody has to see to it."""
    with override(here().locale):
        title = gettext("Something that was due could not be done: %(timer)s (%(error)s).")
    open_case(
        by=SYSTEM,
        kind="timer_dead",
        priority="P2",
        about_kind=dead.name.partition(".")[0],
        about_id=dead.subject_id,
        title=title % {"timer": dead.name, "error": dead.error},
        key=f"timer:{dead.timer_id}",
    )
