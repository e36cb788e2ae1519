"""A customer describes a job: who sees it, what is hidden, when it ends, who reads it first."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from kernel import clock
from kernel.errors import Invalid, NotFound
from kernel.models import OutboxEvent
from marketplace.bookings.queries.dispatch import replay
from marketplace.bookings.rules.process import NotYourStep
from marketplace.catalog.models import CustomField, Worker
from marketplace.catalog.rules.areas import Place
from marketplace.jobs.actions.post_job import (
    approve_job,
    post_job,
    send_back_job,
    take_down_job,
    withdraw_job,
)
from marketplace.jobs.actions.save_job import save_job
from marketplace.jobs.models import Job, JobPhoto, JobStep, Sent
from marketplace.jobs.queries.comparing import job_sheet
from marketplace.jobs.queries.jobs import open_jobs_for, sent_to
from marketplace.jobs.queries.sending import not_shown
from marketplace.jobs.rules import posting
from marketplace.jobs.rules.states import MovedOn
from marketplace.matching.actions.part import part
from tenants.messaging.models import Notification
from tenants.support.models import DecisionRecord
from tenants.tenancy.actions.change_setting import change_setting
from tests.identity.papers import photo
from tests.support.worlds_bookings import HOME, MONDAY_NINE
from tests.support.worlds_jobs import (
    WORDS,
    described,
    later,
    offered,
    posted,
    seen,
    worker,
)
from tests.support.worlds_market import settled, works


def told(code: str) -> list[str]:
    found = Notification.objects.filter(about__startswith=f"{code}:")
    return sorted(found.values_list("notice", flat=True))


def test_a_draft_is_seen_by_nobody_and_posted_it_goes_to_all_who_may_do_it(walks, clara):
    draft = save_job(by=clara, described=described(walks))
    assert (draft.state, draft.max_offers, draft.open_until) == ("draft", 5, None)
    assert open_jobs_for(worker("ana")) == []
    job = seen(post_job(by=clara, job_id=draft.pk))
    assert (job.state, job.open_until) == ("open", MONDAY_NINE + timedelta(hours=72))
    ranked = Sent.objects.filter(job=job).order_by("rank").values_list("worker__name", flat=True)
    assert list(ranked) == ["Ana P.", "Beto P.", "Caro P."]
    assert told(job.code) == ["jobs.new_worker"] * 3
    events = OutboxEvent.objects.filter(name__startswith="jobs.").values_list("name", flat=True)
    assert list(events) == ["jobs.opened"]


def test_who_could_not_do_it_is_left_out_with_the_rule_and_the_record_replays(walks, clara):
    works("dani", place=Place(19.1000, -99.1600), km=5)
    works("elio", plan=[])
    settled()
    caro = Worker.objects.get(member_id=worker("caro").member_id)
    part(by=worker("caro"), worker_id=caro.pk, customer_id=clara.member_id)
    job = posted(clara, walks)
    record = DecisionRecord.objects.get(subject_kind="job", subject_id=job.pk)
    again = replay(record)
    names = {str(each.pk): each.name for each in Worker.objects.all()}
    assert (again.same, record.outcome) == (True, "shown")
    assert {names[key]: rule for key, rule in again.excluded.items()} == {
        "Caro P.": "pair_block",
        "Dani P.": "area",
        "Elio P.": "bookable",
    }
    assert [names[key] for key in again.offered] == ["Ana P.", "Beto P."]
    assert [each.barrier for each in not_shown(worker("dani"))] == ["area"]
    assert not_shown(worker("caro")) == []


def test_who_is_never_free_then_is_not_shown_it_and_any_time_suits_everybody(walks, clara):
    night = posting.Window(
        MONDAY_NINE + timedelta(hours=15), MONDAY_NINE + timedelta(hours=18)
    )  # From midnight to three.
    job = posted(clara, walks, windows=[night])
    assert not Sent.objects.filter(job=job).exists()
    record = DecisionRecord.objects.get(subject_id=job.pk)
    assert (record.outcome, set(replay(record).excluded.values())) == ("nobody", {"slot"})
    assert Sent.objects.filter(job=posted(clara, walks, windows=[])).count() == 3


def test_who_can_do_it_a_day_later_hears_of_it_then_and_nobody_twice(job):
    works("dani")
    settled()
    later(job, MONDAY_NINE + timedelta(hours=24))
    assert Sent.objects.filter(job=job).count() == 4
    assert told(job.code) == ["jobs.new_worker"] * 4
    assert all(replay(each).same for each in DecisionRecord.objects.filter(subject_id=job.pk))


def test_a_worker_reads_a_first_name_a_zone_and_a_distance_and_nothing_else(job, ana, clara):
    sheet = job_sheet(job, by=ana, sent=sent_to(by=ana, job=job))
    assert (sheet.first_name, sheet.zone_name, sheet.km) == ("Clara", "Roma Norte", 0.6)
    said = str(asdict(sheet))
    for secret in ("Prueba", "Orizaba", "example.com", str(HOME["latitude"])):
        assert secret not in said
    assert abs(job.latitude - HOME["latitude"]) < 0.003
    assert job.latitude != HOME["latitude"]
    assert sheet.steps == []
    assert job_sheet(job, by=clara).steps == ["withdraw", "award"]


def test_contacts_are_hidden_and_whoever_wrote_them_knows(walks, clara):
    job = posted(clara, walks, text=f"{WORDS} Llámame al 55 1234 5678.")
    assert (job.text, job.hidden, job.state) == (f"{WORDS} Llámame al •••.", ["number"], "open")


def test_a_job_full_of_contacts_waits_for_the_office(walks, clara, olga):
    text = f"{WORDS} 55 1234 5678, ana@x.com, wa.me/525512345678"
    job = posted(clara, walks, text=text)
    assert (job.state, job.open_until) == ("pending_review", None)
    assert not Sent.objects.exists()
    with pytest.raises(NotFound):
        job_sheet(job, by=worker("ana"), sent=sent_to(by=worker("ana"), job=job))
    approved = seen(approve_job(by=olga, job_id=job.pk))
    assert (approved.state, Sent.objects.count()) == ("open", 3)
    assert "jobs.opened_customer" in told(job.code)


def test_the_office_reads_first_where_it_wants_to_and_says_why_not(walks, clara, olga):
    change_setting(by=olga, group="jobs", values={"review_all": True, "max_offers": 2})
    job = posted(clara, walks)
    with pytest.raises(posting.ReasonMissing):
        send_back_job(by=olga, job_id=job.pk, reason="no")
    assert Job.objects.get().state == "pending_review"
    back = send_back_job(by=olga, job_id=job.pk, reason="Falta decir cuántos perros son.")
    assert (back.state, told(job.code)) == ("draft", ["jobs.sent_back_customer"])
    save_job(by=clara, described=described(walks, text=f"{WORDS} Un perro."), job_id=job.pk)
    post_job(by=clara, job_id=job.pk)
    taken = take_down_job(by=olga, job_id=job.pk, reason="Pide algo que no hacemos aquí.")
    assert (taken.state, taken.reason) == ("withdrawn", "Pide algo que no hacemos aquí.")
    steps = JobStep.objects.filter(job=job).order_by("at", "pk").values_list("step", flat=True)
    assert list(steps) == ["create", "post", "send_back", "edit", "post", "take_down"]


def test_nobody_takes_the_steps_of_others(job, clara, olga, ana):
    before = list(JobStep.objects.values_list("pk", flat=True)), Job.objects.values().get()
    for verb, by, refusal in (
        (withdraw_job, olga, NotYourStep),
        (post_job, clara, MovedOn),
        (approve_job, olga, MovedOn),
        (withdraw_job, ana, NotYourStep),
    ):
        with pytest.raises(refusal):
            verb(by=by, job_id=job.pk)
    assert (
        list(JobStep.objects.values_list("pk", flat=True)),
        Job.objects.values().get(),
    ) == before


def test_a_job_without_offers_ends_after_three_days(job):
    assert later(job, MONDAY_NINE + timedelta(hours=71, minutes=59)).state == "open"
    assert later(job, MONDAY_NINE + timedelta(hours=72)).state == "expired"
    assert "jobs.expired_customer" in told(job.code)
    assert open_jobs_for(worker("ana")) == []


def test_a_late_offer_keeps_the_job_open_until_it_ends(walks, clara):
    job = posted(clara, walks, windows=[])
    late = MONDAY_NINE + timedelta(hours=71)
    with clock.travelling_to(late):
        offer = offered("ana", job, slots=(late.replace(minute=0) + timedelta(days=3),))
    assert offer.valid_until == late + timedelta(hours=48)
    assert later(job, MONDAY_NINE + timedelta(hours=72)).state == "open"
    assert later(job, late + timedelta(hours=48), offer).state == "expired"


def test_photos_lose_what_the_camera_added_and_there_are_at_most_six(walks, clara):
    two = [photo("a.jpg", "teal"), photo("b.jpg", "pink")]
    draft = save_job(by=clara, described=described(walks), photos=two)
    with pytest.raises(posting.TooManyPhotos):
        save_job(
            by=clara,
            described=described(walks),
            job_id=draft.pk,
            photos=[photo(f"{number}.jpg", "navy") for number in range(5)],
        )
    found = JobPhoto.objects.filter(job=draft).order_by("position")
    assert [each.position for each in found] == [1, 2]
    assert {each.file.purpose for each in found} == {"jobs.photo"}


def test_the_tenants_own_questions_are_asked_and_sensitive_answers_stay_closed(walks, clara, ana):
    CustomField.objects.create(
        target="job", code="dogs", kind="text", label="¿Qué perro?", required=True,
        visibility="protected",
    )  # fmt: skip
    CustomField.objects.create(
        target="job", code="door", kind="text", label="¿Cómo se entra?", visibility="protected",
        sensitive=True, consent="Solo para la visita.",
    )  # fmt: skip
    with pytest.raises(Invalid):
        save_job(by=clara, described=described(walks))
    assert not Job.objects.exists()
    answers = {"dogs": "Beagle, 55 1234 5678", "door": "Código 4471"}
    job = posted(clara, walks, answers=answers, consents=frozenset({"door"}))
    shown = job_sheet(job, by=ana, sent=sent_to(by=ana, job=job)).answers
    assert [(each.code, each.value) for each in shown] == [("dogs", "Beagle, •••")]


def test_a_service_with_a_price_has_no_job_posts(offer, clara):
    with pytest.raises(posting.NotPosted):
        save_job(by=clara, described=described(offer.service))
    assert not Job.objects.exists()
