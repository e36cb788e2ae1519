"""A case from its first moment to its last, through actions, pages and the API."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from kernel import clock, outbox
from kernel.actor import SYSTEM, Role
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.messaging.models import Notification
from tenants.support.actions.add_note import add_note
from tenants.support.actions.assign import NotOfTheOffice, assign
from tenants.support.actions.communicate import communicate
from tenants.support.actions.contact import PeopleOnly, contact
from tenants.support.actions.dismiss import dismiss
from tenants.support.actions.open_case import open_case
from tenants.support.actions.reopen import reopen
from tenants.support.actions.resolve import resolve
from tenants.support.actions.verify import verify
from tenants.support.models import Case, CaseEvent
from tenants.support.queries import case_for, cases_for, open_cases
from tenants.support.rules.case_states import CauseMissing, NotNow, ReasonMissing
from tests.support.worlds import joins, signed_in_client

SATURDAY = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)  # Five in the afternoon in Mexico City.
BOOKING = uuid4()


def opened(priority="P2", title="Llegó tarde", key="low:1", **more) -> Case:
    return open_case(
        by=SYSTEM,
        kind="low_score",
        priority=priority,
        about_kind="booking",
        about_id=BOOKING,
        title=title,
        key=key,
        **more,
    )


def story(case: Case) -> list[str]:
    return list(case.events.order_by("at", "id").values_list("kind", flat=True))


def resolved(olga, **more) -> Case:
    case = opened(**more)
    contact(by=olga, case_id=case.pk)
    return resolve(by=olga, case_id=case.pk, root_cause="travel", action="Hablé con Ana.")


@pytest.mark.parametrize(
    ("priority", "due"),
    [
        ("P1", "2026-11-21T17:15"),  # A quarter of an hour by the clock.
        ("P2", "2026-11-23T12:00"),  # One hour on Saturday, three on Monday.
        ("P3", "2026-11-25T14:00"),
    ],
)
def test_a_case_is_due_on_the_offices_clock(patitas, priority, due):
    with clock.travelling_to(SATURDAY):
        case = opened(priority)
    assert case.due_at == datetime.fromisoformat(f"{due}-06:00")


def test_a_holiday_is_no_working_day(patitas):
    before = datetime(2026, 12, 24, 23, 0, tzinfo=UTC)  # The day after is Christmas, a Friday.
    with clock.travelling_to(before):
        assert opened("P2").due_at == datetime.fromisoformat("2026-12-26T12:00-06:00")


def test_a_case_has_an_owner_from_the_start_who_is_told(olga):
    case = opened()
    assert (case.state, case.owner_id, story(case)) == (
        "assigned",
        olga.member_id,
        ["open", "assign"],
    )
    assert Notification.objects.get().to_id == olga.member_id


def test_cases_go_round(olga):
    staff = joins("sofia", Role.STAFF)
    owners = [opened(key=str(n)).owner_id for n in range(4)]
    assert owners == [olga.member_id, staff.member_id] * 2


def test_a_second_bad_answer_joins_the_case_and_may_raise_it(olga):
    with clock.travelling_to(SATURDAY):
        first = opened("P3")
        again = opened("P3")
        raised = opened("P1", title="Me sentí insegura")
        lower = opened("P2", title="Me sentí insegura")

    assert {first.pk} == {again.pk, raised.pk, lower.pk}
    assert (lower.priority, lower.due_at) == ("P1", SATURDAY + timedelta(minutes=15))
    assert story(first) == ["open", "assign", "add", "raise"]


def test_a_case_lives_from_call_to_verified(olga, clara):
    case = opened(person_id=clara.member_id)
    add_note(by=olga, case_id=case.pk, text="Ana dice que había tráfico.")
    contact(by=olga, case_id=case.pk, text="Se disculpó.")
    resolve(by=olga, case_id=case.pk, root_cause="travel", action="Salimos antes.")
    communicate(by=olga, case_id=case.pk)
    done = verify(by=SYSTEM, case_id=case.pk)

    assert done.state == "verified"
    told = Notification.objects.get(to_id=clara.member_id)
    assert (told.notice, told.values) == ("support.what_we_did", {"action": "Salimos antes."})
    steps = ["open", "assign", "note", "contact", "resolve", "communicate", "verify"]
    assert story(case) == steps


def test_resolving_without_a_cause_changes_nothing(olga):
    case = opened()
    contact(by=olga, case_id=case.pk)
    with pytest.raises(CauseMissing):
        resolve(by=olga, case_id=case.pk, root_cause="", action="Algo")

    case.refresh_from_db()
    assert (case.state, case.action, story(case)[-1]) == ("contacted", "", "contact")


def test_nobody_resolves_a_case_before_talking_to_the_person(olga):
    case = opened()
    with pytest.raises(NotNow):
        resolve(by=olga, case_id=case.pk, root_cause="travel", action="Nada")
    with pytest.raises(PeopleOnly):
        contact(by=SYSTEM, case_id=case.pk)
    assert Case.objects.get().state == "assigned"


def test_the_database_too_wants_a_cause(olga):
    case = opened()
    with pytest.raises(IntegrityError, match="cause_and_action"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="resolved")


def test_an_unhappy_answer_opens_it_again_with_a_new_clock(olga):
    case = resolved(olga)
    with clock.travelling_to(SATURDAY):
        again = reopen(by=SYSTEM, case_id=case.pk, text="4")
    assert (again.state, again.contacted_at) == ("reopened", None)
    assert again.due_at == datetime.fromisoformat("2026-11-23T12:00-06:00")
    assert open_cases().get() == again


def test_dismissing_needs_a_reason(olga):
    case = opened()
    with pytest.raises(ReasonMissing):
        dismiss(by=olga, case_id=case.pk, reason=" ")
    assert dismiss(by=olga, case_id=case.pk, reason="Era una prueba").state == "dismissed"


def test_only_the_office_sees_and_owns_cases(olga, ana):
    case = opened()
    with pytest.raises(NotFound):
        case_for(ana, case.pk)
    with pytest.raises(NotFound):
        cases_for(ana)
    with pytest.raises(NotOfTheOffice):
        assign(by=olga, case_id=case.pk, owner_id=ana.member_id)
    assert Case.objects.get().owner_id == olga.member_id


def test_what_happened_to_a_case_cannot_be_edited(olga):
    opened()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CaseEvent.objects.update(text="")


def test_the_list_knows_who_is_late(olga):
    with clock.travelling_to(SATURDAY):
        late = opened("P1", key="a")
        opened("P3", key="b")
    with clock.travelling_to(SATURDAY + timedelta(hours=1)):
        assert list(cases_for(olga, overdue=True)) == [late]
    assert cases_for(olga, priority="P3").count() == 1


def test_a_person_no_message_reaches_becomes_a_case(olga, clara, monkeypatch):
    case = resolved(olga, person_id=clara.member_id)
    monkeypatch.setattr("tenants.messaging.channels.email.Email.address", lambda *_: "")
    communicate(by=olga, case_id=case.pk)
    outbox.drain()

    call = Case.objects.get(kind="not_reached", person_id=clara.member_id)
    assert (call.priority, call.title) == (
        "P3",
        "Ningún mensaje le llega a esta persona: por favor, llámala.",
    )


def test_the_office_works_a_case_through_its_pages(olga):
    case = opened()
    browser = signed_in_client("olga", strong=True)
    at = f"/office/cases/{case.pk}/"

    assert "Llegó tarde" in browser.get("/office/cases/?state=open").content.decode()
    assert browser.post(f"{at}contact/", {"text": "Hablamos"}).status_code == 302
    refused = browser.post(f"{at}resolve/", {"root_cause": "", "action": "Sí"})
    assert (refused.status_code, "Sí" in refused.content.decode()) == (422, True)
    done = browser.post(f"{at}resolve/", {"root_cause": "travel", "action": "Sí"})
    assert done.status_code == 302
    assert browser.post(f"{at}resolve/", {"root_cause": "travel", "action": "x"}).status_code == 422
    assert Case.objects.get().action == "Sí"


def test_a_program_of_the_office_lists_and_resolves(olga):
    case = opened()
    contact(by=olga, case_id=case.pk)
    browser = signed_in_client("olga", strong=True)

    page = browser.get("/api/v1/cases?state=open").json()
    assert ([each["id"] for each in page["items"]], page["next_cursor"]) == ([str(case.pk)], None)
    at = f"/api/v1/cases/{case.pk}/resolve"
    wrong = browser.post(at, {"root_cause": "?", "action": "x"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["type"]) == (422, "case.cause_missing")
    right = {"root_cause": "service", "action": "x"}
    assert browser.post(at, right, content_type="application/json").json()["state"] == "resolved"


def test_workers_find_no_cases_anywhere(olga, ana):
    case = opened()
    browser = signed_in_client("ana")
    assert browser.get(f"/api/v1/cases/{case.pk}").status_code == 404
    assert browser.get(f"/office/cases/{case.pk}/").status_code in (302, 404)


def test_the_neighbours_cases_are_not_there(olga, lar_limpo):
    case = opened()
    with working_for(lar_limpo.pk), pytest.raises(NotFound):
        case_for(SYSTEM, case.pk)
