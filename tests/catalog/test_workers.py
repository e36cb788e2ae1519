"""Applying, being decided about, and what everybody hears of it."""

from datetime import timedelta

import pytest

from kernel import clock, outbox
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.actions.apply import Profile, ProfileInvalid, apply
from marketplace.catalog.actions.decide_worker import (
    Because,
    approve,
    ask_info,
    leave,
    pause,
    reject,
    resume,
    start_review,
    take_step,
)
from marketplace.catalog.actions.publish_service import Choice, set_services
from marketplace.catalog.actions.suspend import suspend
from marketplace.catalog.models import Service, Suspension, Worker, WorkerService
from marketplace.catalog.queries import readiness, worker_by_slug, worker_service
from marketplace.catalog.rules.services import ServiceInvalid, UnknownService
from marketplace.catalog.rules.suspensions import SuspensionUnfounded
from marketplace.catalog.rules.worker_states import (
    IllegalStep,
    NotYours,
    ReasonMissing,
    Step,
    TooSoon,
)
from tenants.identity.models import Badge, Holder
from tenants.messaging.models import Notification
from tenants.support.models import DecisionRecord
from tests.support.worlds import person
from tests.support.worlds_market import NOW, applies, owner, works

pytestmark = pytest.mark.usefixtures("on_monday")


def suspended(worker_id, reason: str, note: str, *, by: Actor | None = None) -> Suspension:
    evidence = "El video de la entrada."
    return suspend(
        by=by or owner(), worker_id=worker_id, reason=reason, note=note, evidence=evidence
    )


def own(worker: Worker) -> Actor:
    return Actor(role=Role.WORKER, member_id=worker.member_id)


def test_applying_twice_is_one_application(patitas):
    first = applies("ana")
    again = apply(user=person("ana"), profile=Profile(headline="Paseos y mimos"))
    assert (again.pk, again.state, again.headline) == (first.pk, "applied", "Paseos y mimos")
    assert again.bio == ""
    assert Worker.objects.count() == 1


def test_an_empty_profile_is_refused_before_anything_is_stored(patitas):
    with pytest.raises(ProfileInvalid):
        apply(user=person("ana"), profile=Profile(headline=" x "))
    assert not Worker.objects.exists()


def test_approval_brings_a_badge_and_a_notice(patitas):
    worker = applies("ana")
    start_review(by=owner(), worker_id=worker.pk)
    approved = approve(by=owner(), worker_id=worker.pk)
    outbox.drain()
    assert (approved.state, approved.approved_at) == ("approved", NOW)
    holder = Holder.objects.get()
    assert (holder.member_id, holder.active) == (worker.member_id, True)
    assert Badge.objects.filter(holder=holder).count() == 1
    told = {row.notice for row in Notification.objects.filter(to_id=worker.member_id)}
    assert "catalog.worker_approved" in told


def test_the_office_asks_says_no_and_says_why(patitas):
    worker = applies("ana")
    start_review(by=owner(), worker_id=worker.pk)
    with pytest.raises(ReasonMissing):
        ask_info(by=owner(), worker_id=worker.pk, note="why not")
    ask_info(by=owner(), worker_id=worker.pk, note="Falta una referencia.")
    assert applies("ana").state == "needs_info"
    start_review(by=owner(), worker_id=worker.pk)
    reject(by=owner(), worker_id=worker.pk, note="La referencia no contestó.")
    outbox.drain()
    told = {row.notice: row.values["note"] for row in Notification.objects.all()}
    assert told["catalog.worker_rejected"] == "La referencia no contestó."
    with pytest.raises(TooSoon):
        applies("ana")
    with clock.travelling_to(NOW + timedelta(days=30)):
        assert applies("ana").state == "applied"


def test_a_suspended_worker_cannot_be_seen_and_carries_no_badge(ana_works):
    suspended(ana_works.worker_id, "safety", "Un cliente reportó algo.")
    with pytest.raises(NotFound):
        worker_by_slug(ana_works.worker.slug)
    with pytest.raises(NotFound):
        worker_service(ana_works.pk)
    assert Holder.objects.get().active is False
    decision = DecisionRecord.objects.get(kind="suspension")
    assert decision.subject_id == ana_works.worker_id
    assert decision.record["reasons"] == ["safety", "Un cliente reportó algo."]


def test_a_suspension_names_a_known_reason(ana_works):
    with pytest.raises(SuspensionUnfounded):
        suspended(ana_works.worker_id, "mood", "Porque sí, nada.")
    because = Because("Porque sí, nada.", "mood")
    with pytest.raises(ReasonMissing):
        take_step(by=owner(), worker_id=ana_works.worker_id, step=Step.SUSPEND, because=because)
    assert Worker.objects.get(pk=ana_works.worker_id).state == "approved"


def test_workers_decide_about_themselves_only(ana_works):
    worker = ana_works.worker
    other = works("beto")[0].worker
    with pytest.raises(NotFound):
        pause(by=own(other), worker_id=worker.pk)
    with pytest.raises(NotYours):
        suspended(worker.pk, "other", "Me suspendo yo.", by=own(worker))
    assert pause(by=own(worker), worker_id=worker.pk).state == "paused"
    assert resume(by=own(worker), worker_id=worker.pk).state == "approved"
    assert leave(by=own(worker), worker_id=worker.pk).state == "left"
    with pytest.raises(IllegalStep):
        resume(by=own(worker), worker_id=worker.pk)


def test_choosing_services_again_hides_the_others_and_keeps_their_rows(ana_works):
    worker = ana_works.worker
    walk, bath = Service.objects.get(slug="walk-60"), Service.objects.get(slug="bath")
    set_services(by=own(worker), worker_id=worker.pk, choices=[Choice(bath.pk, 47500)])
    states = {row.service.slug: row.state for row in WorkerService.objects.all()}
    assert states == {"walk-60": "hidden", "bath": "published"}
    assert WorkerService.objects.get(service=bath).price.minor == 47500
    set_services(by=own(worker), worker_id=worker.pk, choices=[Choice(walk.pk)])
    assert WorkerService.objects.get(service=walk).pk == ana_works.pk
    assert WorkerService.objects.get(service=walk).price.minor == 25000


def test_unknown_services_and_free_work_are_refused(ana_works, lar_limpo):
    worker = ana_works.worker
    with pytest.raises(UnknownService):
        set_services(by=own(worker), worker_id=worker.pk, choices=[Choice(worker.pk)])
    choices = [Choice(ana_works.service_id, 0)]
    with pytest.raises(ServiceInvalid):
        set_services(by=own(worker), worker_id=worker.pk, choices=choices)
    assert WorkerService.objects.get().state == "published"


def test_readiness_lists_what_is_missing(patitas_is_stocked):
    worker = apply(user=person("ana"), profile=Profile(headline="Paseos"))
    codes = [gap.code for gap in readiness(worker)]
    assert codes == ["state.applied", "payee", "services", "area", "plan"]


def test_an_approved_worker_with_all_of_it_lacks_nothing_of_ours(ana_works):
    assert [gap.code for gap in readiness(ana_works.worker)] == []
