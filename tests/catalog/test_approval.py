"""What workers say about a service is read before customers see it."""

from dataclasses import replace
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel import clock, outbox
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.actions.approve_offer import (
    Description,
    decide_revision,
    describe_offer,
    take_step,
)
from marketplace.catalog.actions.publish_service import Choice, set_services
from marketplace.catalog.kinds.base import NICHES
from marketplace.catalog.models import FieldValue, Revision, Service, WorkerService
from marketplace.catalog.queries.approvals import count_waiting, diff
from marketplace.catalog.queries.fields import raw_answers
from marketplace.catalog.rules.custom_fields import AnswersInvalid
from marketplace.catalog.rules.offer_states import (
    OFFER_TABLE,
    OFFER_WHO,
    AboutInvalid,
    OfferState,
    OfferStep,
    OfferStepIllegal,
    OfferStepNotYours,
    RejectionUnexplained,
    take_offer_step,
)
from tenants.messaging.models import Notification
from tenants.tenancy.actions.change_setting import change_setting
from tests.catalog.test_pages import PNG
from tests.catalog.test_questions import asks
from tests.support.worlds import signed_in_client
from tests.support.worlds_market import NOW, owner, works

OLD, NEW = "Paseo tranquilo con tu perro.", "Paseo tranquilo con dos perros."


@pytest.fixture(autouse=True)
def nothing_is_asked_yet(monkeypatch):
    """Patitas begins without the questions of its kind of business."""
    monkeypatch.setitem(NICHES, "pet_care", replace(NICHES["pet_care"], asks=()))


@pytest.fixture(autouse=True)
def on_a_monday_morning():
    with clock.travelling_to(NOW.replace(microsecond=123_456)):
        yield


def own(offer: WorkerService) -> Actor:
    return Actor(role=Role.WORKER, member_id=offer.worker.member_id)


def describes(offer: WorkerService, about: str, **rest: object) -> WorkerService:
    said = Description(about=about, **rest)
    return describe_offer(by=own(offer), offer_id=offer.pk, said=said)


def fresh(offer: WorkerService) -> WorkerService:
    return WorkerService.objects.select_related("worker").get(pk=offer.pk)


@pytest.fixture
def described(ana_works) -> WorkerService:
    """Ana's walk is live, and its text was read and approved."""
    describes(ana_works, OLD)
    decide_revision(by=owner(), revision_id=Revision.objects.get().pk, approve=True)
    return fresh(ana_works)


@pytest.mark.parametrize(("state", "step"), list(product(OfferState, OfferStep)))
def test_only_the_steps_in_the_table_are_taken_and_only_by_who_may(state, step):
    for role in Role:
        if (state, step) not in OFFER_TABLE:
            with pytest.raises(OfferStepIllegal):
                take_offer_step(step, state=state, role=role)
        elif role not in OFFER_WHO[step]:
            with pytest.raises(OfferStepNotYours):
                take_offer_step(step, state=state, role=role)
        else:
            assert take_offer_step(step, state=state, role=role) == OFFER_TABLE[state, step]


def test_a_text_becomes_another_word_by_word():
    assert diff(OLD, NEW) == [
        ("kept", "Paseo tranquilo con"),
        ("gone", "tu perro."),
        ("added", "dos perros."),
    ]
    assert diff("", "hola") == [("added", "hola")]


def test_an_edit_waits_and_the_approved_text_stays_live(described):
    describes(described, NEW)
    assert fresh(described).about == OLD
    revision = Revision.objects.get(state="pending")
    assert [(each["was"], each["now"]) for each in revision.changes] == [(OLD, NEW)]
    decide_revision(by=owner(), revision_id=revision.pk, approve=True)
    outbox.drain()
    assert fresh(described).about == NEW
    told = Notification.objects.filter(notice="catalog.offer_approved").count()
    assert (told, count_waiting()) == (2, 0)


def test_a_second_edit_joins_the_one_that_waits(described):
    describes(described, "Otra cosa")
    describes(described, NEW)
    (revision,) = Revision.objects.filter(state="pending")
    assert [(each["was"], each["now"]) for each in revision.changes] == [(OLD, NEW)]


def test_a_no_says_why_and_changes_nothing_that_customers_see(described):
    describes(described, NEW)
    revision = Revision.objects.get(state="pending")
    with pytest.raises(RejectionUnexplained):
        decide_revision(by=owner(), revision_id=revision.pk, approve=False, reason="no")
    decide_revision(
        by=owner(), revision_id=revision.pk, approve=False, reason="Di cuántos perros como máximo."
    )
    outbox.drain()
    assert fresh(described).about == OLD
    told = Notification.objects.get(notice="catalog.offer_rejected")
    assert told.values["note"] == "Di cuántos perros como máximo."
    with pytest.raises(OfferStepIllegal):
        decide_revision(by=owner(), revision_id=revision.pk, approve=True)
    with pytest.raises(NotFound):
        decide_revision(by=own(described), revision_id=revision.pk, approve=True)


def test_a_moderated_answer_waits_while_the_others_are_kept(ana_works):
    asks("method", target="service", moderated=True)
    asks("dogs", "integer", target="service")
    said = {"method": "Con refuerzo positivo", "dogs": 3}
    describe_offer(by=own(ana_works), offer_id=ana_works.pk, said=Description(answers=said))
    assert raw_answers(ana_works.pk) == {"dogs": 3}
    wrong = Description(answers={"method": 7})
    with pytest.raises(AnswersInvalid):
        describe_offer(by=own(ana_works), offer_id=ana_works.pk, said=wrong)
    decide_revision(by=owner(), revision_id=Revision.objects.get().pk, approve=True)
    assert raw_answers(ana_works.pk) == said
    assert FieldValue.objects.count() == 2


def test_where_the_team_reads_all_a_service_goes_from_draft_over_pending_to_published(
    patitas_is_stocked,
):
    change_setting(by=owner(), group="catalog.approval", values={"services": True, "words": True})
    (offer,) = works("beto")
    assert fresh(offer).state == "pending"
    with pytest.raises(OfferStepNotYours):
        take_step(by=own(offer), offer_id=offer.pk, step=OfferStep.APPROVE)
    take_step(
        by=owner(), offer_id=offer.pk, step=OfferStep.REJECT, reason="Primero cuéntanos cómo."
    )
    assert (fresh(offer).state, fresh(offer).state_note) == ("rejected", "Primero cuéntanos cómo.")
    describes(offer, NEW)
    set_services(by=own(offer), worker_id=offer.worker_id, choices=[Choice(offer.service_id)])
    assert (fresh(offer).state, fresh(offer).about) == ("pending", NEW)
    take_step(by=owner(), offer_id=offer.pk, step=OfferStep.APPROVE)
    assert fresh(offer).state == "published"
    take_step(by=own(offer), offer_id=offer.pk, step=OfferStep.HIDE)
    assert fresh(offer).state == "hidden"
    set_services(by=own(offer), worker_id=offer.worker_id, choices=[Choice(offer.service_id)])
    assert fresh(offer).state == "published"


def test_own_words_are_read_before_a_new_service_is_seen(ana_works):
    bath = Service.objects.get(slug="bath")
    offer = WorkerService.objects.create(worker=ana_works.worker, service=bath, about=OLD)
    choices = [Choice(ana_works.service_id), Choice(bath.pk)]
    set_services(by=own(ana_works), worker_id=ana_works.worker_id, choices=choices)
    assert (fresh(offer).state, fresh(ana_works).state) == ("pending", "published")


def test_nobody_describes_what_is_anothers(ana_works):
    (other,) = works("beto")
    with pytest.raises(NotFound):
        describe_offer(by=own(other), offer_id=ana_works.pk, said=Description(about=NEW))
    with pytest.raises(NotFound):
        describe_offer(by=SYSTEM, offer_id=ana_works.pk, said=Description(about=NEW))
    with pytest.raises(AboutInvalid):
        describes(ana_works, "x" * 2_001)
    assert (Revision.objects.count(), fresh(ana_works).about) == (0, "")


def test_the_queue_shows_what_changes_and_takes_decisions(described):
    office, ana = signed_in_client("olga", strong=True), signed_in_client("ana")
    page = f"/work/services/{described.service_id}/"
    photo = SimpleUploadedFile("a.png", PNG, content_type="image/png")
    assert ana.post(page, {"about": NEW, "photo": photo}).status_code == 302
    again = ana.get(page).content.decode()
    assert "revisando tus cambios" in again
    assert NEW in again
    shown = office.get("/office/approvals/").content.decode()
    assert "<del>tu perro.</del> <ins>dos perros.</ins>" in shown
    revision = Revision.objects.get(state="pending")
    photo_id = revision.changes[1]["now"][0]
    stranger = Client(headers={"host": "patitas.localhost"})
    assert stranger.get(f"/offer-photos/{photo_id}/").status_code == 404
    decision = f"/office/approvals/revision/{revision.pk}"
    refused = office.post(f"{decision}/reject/", {"reason": "no"})
    assert refused.status_code == 422
    assert office.post(f"{decision}/approve/").status_code == 302
    assert (fresh(described).about, len(fresh(described).photo_ids)) == (NEW, 1)
    assert stranger.get(f"/offer-photos/{photo_id}/").status_code == 200
    assert "Nada espera" in office.get("/office/approvals/").content.decode()
    assert ana.get("/office/approvals/").status_code in (302, 403, 404)
