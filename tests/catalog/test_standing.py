"""Pausing until a day, suspensions with reasons and an end, and leaving when nobody waits."""

from datetime import UTC, datetime, timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import SYSTEM, Actor, Role
from kernel.timers import run_due_of
from marketplace.catalog.actions.decide_worker import leave, pause, reinstate, resume, take_step
from marketplace.catalog.actions.suspend import (
    dismiss_suspension,
    propose_suspension,
    suspend,
    write_decision,
)
from marketplace.catalog.models import Suspension, Worker
from marketplace.catalog.rules.leaving import StillExpected
from marketplace.catalog.rules.suspensions import (
    AT_ONCE,
    REASONS,
    DecisionMissing,
    SuspensionUnfounded,
    check_grounds,
    course_of,
)
from marketplace.catalog.rules.worker_states import NotYours, PauseInvalid, Step
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tests.catalog.test_pages import api
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import booked, pays, steps
from tests.support.worlds_market import NOW, owner

pytestmark = pytest.mark.usefixtures("on_monday")

GROUNDS = {"note": "Un cliente reportó golpes.", "evidence": "El video de la entrada."}


def own(offer) -> Actor:
    return Actor(role=Role.WORKER, member_id=offer.worker.member_id)


def state_of(offer) -> str:
    return Worker.objects.get(pk=offer.worker_id).state


def suspended(offer, reason: str) -> Suspension:
    return suspend(by=owner(), worker_id=offer.worker_id, reason=reason, **GROUNDS)


@pytest.mark.parametrize("reason", REASONS)
def test_only_danger_and_fraud_act_at_once_and_then_lapse(reason):
    course = course_of(reason, at=NOW, notice=timedelta(hours=72))
    if reason in AT_ONCE:
        assert (course.begins_now(NOW), course.lapses_at) == (True, NOW + timedelta(hours=72))
    else:
        assert (course.begins_now(NOW), course.lapses_at) == (False, None)
        assert course.effective_at == NOW + timedelta(hours=72)


@pytest.mark.parametrize(
    ("reason", "note", "evidence", "field"),
    [
        ("rejects_offers", GROUNDS["note"], GROUNDS["evidence"], "reason"),
        ("offline", GROUNDS["note"], GROUNDS["evidence"], "reason"),
        ("safety", "golpes", GROUNDS["evidence"], "note"),
        ("safety", GROUNDS["note"], " ", "evidence"),
    ],
)
def test_a_suspension_says_why_and_what_shows_it(reason, note, evidence, field):
    with pytest.raises(SuspensionUnfounded) as refused:
        check_grounds(reason, note, evidence)
    assert refused.value.details["fields"] == [field]


def test_a_pause_ends_on_its_day(ana_works):
    until = NOW + timedelta(days=7)
    pause(by=own(ana_works), worker_id=ana_works.worker_id, until=until)
    with clock.travelling_to(until - timedelta(seconds=1)):
        run_due_of(ana_works.worker_id)
        assert state_of(ana_works) == "paused"
    with clock.travelling_to(until):
        run_due_of(ana_works.worker_id)
        assert state_of(ana_works) == "approved"
    assert Worker.objects.get().paused_until is None


def test_whoever_comes_back_before_is_not_disturbed_by_the_old_day(ana_works):
    first, later = NOW + timedelta(days=2), NOW + timedelta(days=9)
    pause(by=own(ana_works), worker_id=ana_works.worker_id, until=first)
    resume(by=own(ana_works), worker_id=ana_works.worker_id)
    with clock.travelling_to(NOW + timedelta(days=1)):
        pause(by=own(ana_works), worker_id=ana_works.worker_id, until=later)
    with clock.travelling_to(first):
        run_due_of(ana_works.worker_id)
        assert state_of(ana_works) == "paused"


@pytest.mark.parametrize("until", [NOW, NOW + timedelta(days=367)])
def test_a_pause_ends_in_the_future_within_a_year(ana_works, until):
    with pytest.raises(PauseInvalid):
        pause(by=own(ana_works), worker_id=ana_works.worker_id, until=until)
    assert state_of(ana_works) == "approved"


def test_without_a_written_decision_the_worker_is_back_after_72_hours(ana_works):
    row = suspended(ana_works, "safety")
    assert (row.state, state_of(ana_works)) == ("held", "suspended")
    with clock.travelling_to(NOW + timedelta(hours=72, seconds=-1)):
        run_due_of(row.pk)
        assert state_of(ana_works) == "suspended"
    with clock.travelling_to(NOW + timedelta(hours=72)):
        run_due_of(row.pk)
        outbox.drain()
    row.refresh_from_db()
    assert (row.state, state_of(ana_works)) == ("lapsed", "approved")


def test_a_written_decision_lets_a_suspension_stand(ana_works):
    row = suspended(ana_works, "fraud")
    with pytest.raises(DecisionMissing):
        write_decision(by=owner(), suspension_id=row.pk, decision="sí")
    write_decision(by=owner(), suspension_id=row.pk, decision="Cobró dos veces la misma visita.")
    with clock.travelling_to(NOW + timedelta(days=5)):
        run_due_of(row.pk)
        assert state_of(ana_works) == "suspended"
        reinstate(by=owner(), worker_id=ana_works.worker_id)
        outbox.drain()
    row.refresh_from_db()
    assert (row.state, state_of(ana_works)) == ("ended", "approved")


def test_other_reasons_begin_after_notice_and_the_worker_hears_of_it_first(ana_works):
    row = suspended(ana_works, "conduct")
    assert (row.state, state_of(ana_works)) == ("notified", "approved")
    told = Notification.objects.get(notice="catalog.suspension_ahead")
    assert (told.to_id, told.values["evidence"]) == (
        ana_works.worker.member_id,
        GROUNDS["evidence"],
    )
    with clock.travelling_to(NOW + timedelta(hours=72)):
        run_due_of(row.pk)
    row.refresh_from_db()
    assert (row.state, state_of(ana_works)) == ("decided", "suspended")


def test_what_was_announced_can_come_to_nothing(ana_works):
    row = suspended(ana_works, "other")
    dismiss_suspension(by=owner(), suspension_id=row.pk)
    with clock.travelling_to(NOW + timedelta(days=4)):
        run_due_of(row.pk)
    assert state_of(ana_works) == "approved"


def test_programs_only_propose(ana_works):
    row = propose_suspension(by=SYSTEM, worker_id=ana_works.worker_id, reason="fraud", **GROUNDS)
    assert (row.state, state_of(ana_works)) == ("proposed", "approved")
    assert Case.objects.get(kind="suspension_proposed").about_id == ana_works.worker_id
    with pytest.raises(NotYours):
        suspend(by=SYSTEM, worker_id=ana_works.worker_id, reason="fraud", **GROUNDS)
    with pytest.raises(NotYours):
        take_step(by=SYSTEM, worker_id=ana_works.worker_id, step=Step.SUSPEND)
    assert state_of(ana_works) == "approved"
    assert suspended(ana_works, "fraud").pk == row.pk
    assert (state_of(ana_works), Suspension.objects.count()) == ("suspended", 1)


def test_nobody_leaves_while_a_customer_waits(offer, clara, ana):
    booking = pays(booked(clara, offer))
    with pytest.raises(StillExpected):
        leave(by=ana, worker_id=offer.worker_id)
    assert state_of(offer) == "approved"
    steps(clara, booking, "cancel")
    leave(by=ana, worker_id=offer.worker_id)
    assert state_of(offer) == "left"


def test_the_office_suspends_and_writes_its_decision(ana_works):
    office = signed_in_client("olga", strong=True)
    page = f"/office/workers/{ana_works.worker_id}/"
    said = {"reason": "safety", **GROUNDS}
    assert office.post(f"{page}suspend/", said | {"evidence": ""}).status_code == 422
    assert office.post(f"{page}suspend/", said).status_code == 302
    row = Suspension.objects.get()
    assert GROUNDS["evidence"] in office.get(page).content.decode()
    decide = f"/office/suspensions/{row.pk}/decide/"
    decided = office.post(decide, {"decision": "Se confirma con el video."})
    assert decided.status_code == 302
    assert Suspension.objects.get().state == "decided"


def test_a_worker_pauses_until_a_day_on_the_page_and_at_the_api(ana_works):
    ana = signed_in_client("ana")
    assert ana.post("/work/standing/pause/", {"until": "2026-03-09"}).status_code == 302
    worker = Worker.objects.get()
    assert worker.paused_until == datetime(2026, 3, 9, 6, tzinfo=UTC)
    assert "Taking" not in ana.get("/work/").content.decode()
    path = f"/workers/{worker.pk}/steps"
    assert api(ana, "POST", f"{path}/resume", {}).json()["state"] == "approved"
    late = api(ana, "POST", f"{path}/pause", {"until": "2026-01-01T00:00:00Z"})
    assert (late.status_code, late.json()["type"]) == (422, "worker.pause_invalid")
    ready = api(ana, "GET", "/workers/me/readiness").json()
    assert ready == {"bookable": True, "gaps": []}
