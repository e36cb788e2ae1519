"""What support hears of."""

from uuid import UUID

from django.utils.translation import gettext, override

from kernel.actor import SYSTEM
from kernel.events import on
from tenants.messaging.events import PersonNotReached
from tenants.support.actions.open_case import open_case
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
