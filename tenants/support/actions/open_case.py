"""Something needs a person."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.events import publish
from tenants.messaging.actions.notify import notify
from tenants.support.actions.step import note
from tenants.support.events import CaseOpened
from tenants.support.models import Case
from tenants.support.notices import CASE_IS_YOURS
from tenants.support.queries import loads, promised_by
from tenants.support.rules.assignment import next_owner
from tenants.support.rules.case_states import ASSIGNED, WAITING, more_urgent


@transaction.atomic
def open_case(
    *,
    by: Actor,
    kind: str,
    priority: str,
    about_kind: str,
    about_id: UUID | None,
    title: str,
    key: str,
    person_id: UUID | None = None,
) -> Case:
    """Open a case, once per key, with an owner and a time by which somebody has been in touch.

    Called again it adds what is new to the same case: a higher priority, another title.
    """
    found = Case.objects.select_for_update().filter(key=key).first()
    if found is not None:
        return _add(found, by=by, priority=priority, title=title)
    members, open_of = loads()
    case, made = Case.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "priority": priority,
            "state": ASSIGNED,
            "title": title[:200],
            "about_kind": about_kind,
            "about_id": about_id,
            "person_id": person_id,
            "owner_id": next_owner([each.pk for each in members], open_cases=open_of),
            "due_at": promised_by(priority, clock.now()),
        },
    )
    if not made:
        return _add(case, by=by, priority=priority, title=title)
    note(case, by=by, kind="open", text=title)
    note(case, by=SYSTEM, kind="assign", text=str(case.owner.user))
    fact = CaseOpened(case_id=str(case.pk), kind=kind, priority=priority)
    publish(fact, by=by)
    tell_owner(case)
    return case


def tell_owner(case: Case) -> None:
    """Let the owner know; once per owner and priority."""
    notify(
        to_id=case.owner_id,
        notice=CASE_IS_YOURS,
        about=f"{case.pk}:{case.priority}",
        case_id=str(case.pk),
        priority=case.priority,
        title=case.title,
        due_at=case.due_at.isoformat(),
    )


def _add(case: Case, *, by: Actor, priority: str, title: str) -> Case:
    known = set(case.events.filter(kind__in=("open", "add")).values_list("text", flat=True))
    if title not in known:
        note(case, by=by, kind="add", text=title)
    if more_urgent(priority, case.priority):
        case.priority = priority
        if case.state in WAITING:
            case.due_at = min(case.due_at, promised_by(priority, clock.now()))
        case.save(update_fields=["priority", "due_at"])
        note(case, by=by, kind="raise", text=priority)
        tell_owner(case)
    return case
