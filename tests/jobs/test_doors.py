"""Jobs through pages and the API: forms without a script, what each side reads, refusals."""

import json
from datetime import UTC, datetime
from itertools import product

import pytest
from django.test import Client

from kernel.models import OutboxEvent, Timer
from marketplace.bookings.models import Booking
from marketplace.bookings.rules.process import Party
from marketplace.jobs.actions.choose_offer import counter_offer
from marketplace.jobs.actions.post_job import post_job
from marketplace.jobs.actions.save_job import save_job
from marketplace.jobs.models import Job, JobOffer, JobPhoto, JobStep
from marketplace.jobs.rules.states import JOB, OFFER, JobState, OfferState
from marketplace.matching.actions.set_plan import take_time_off
from tests.identity.papers import photo
from tests.support.worlds import signed_in_client
from tests.support.worlds_bookings import HOME, WEDNESDAY_TEN, pays
from tests.support.worlds_jobs import AT_NOON, WEDNESDAY, WORDS, described, latest, offered, seen
from tests.support.worlds_market import settled

PEOPLE = {Party.CUSTOMER: "clara", Party.WORKER: "ana", Party.STAFF: "olga"}
REASON = {"reason": "Porque sí, de verdad."}


@pytest.fixture
def clients(job, olga) -> dict[Party, Client]:
    return {
        party: signed_in_client(name, strong=party == Party.STAFF) for party, name in PEOPLE.items()
    }


def asks(client: Client, path: str, body: object = None, key: str = "k1"):
    return client.post(
        f"/api/v1{path}",
        json.dumps(body or {}),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def stored() -> list[object]:
    counts = (JobStep.objects.count(), OutboxEvent.objects.count(), Booking.objects.count())
    return [*counts, *JobOffer.objects.values(), *Job.objects.values()]


def test_every_step_on_a_job_outside_the_table_is_refused_and_leaves_no_trace(clients, job):
    steps = ("post", "withdraw", "approve", "send_back", "take_down")
    for state, party, step in product(JobState, PEOPLE, steps):
        if step in JOB.steps_of(party, origin=state):
            continue
        Timer.objects.all().delete()
        Job.objects.update(state=state)
        before = stored()
        answer = asks(clients[party], f"/jobs/{job.pk}/transitions/{step}", REASON)
        hidden = party == Party.WORKER and state in (JobState.DRAFT, JobState.PENDING_REVIEW)
        assert answer.status_code in ([404] if hidden else [403, 409]), (state, party, step)
        assert stored() == before, (state, party, step)


def test_every_step_on_an_offer_outside_the_table_is_refused_and_leaves_no_trace(clients, job):
    offer = offered("ana", job)
    bodies = {
        "counter": {"words": "¿Menos?"},
        "retime": {"slots": [AT_NOON.isoformat()]},
    }
    for state, party, step in product(
        OfferState, PEOPLE, ("counter", "answer", "retime", "withdraw", "accept")
    ):
        if step in OFFER.steps_of(party, origin=state):
            continue
        Timer.objects.all().delete()
        JobOffer.objects.update(state=state)
        before = stored()
        path = f"/job-offers/{offer.pk}/transitions/{step}"
        if step == "accept":
            path = f"/job-offers/{offer.pk}/choose"
            bodies[step] = {"starts_at": AT_NOON.isoformat(), "address": "Orizaba 101"}
        if (step, state, party) == ("accept", OfferState.ACCEPTED, Party.CUSTOMER):
            continue  # Choosing again answers with what was chosen.
        answer = asks(clients[party], path, bodies.get(step), key=f"{state}{party}{step}")
        assert answer.status_code in (403, 404, 409), (state, party, step, answer.content)
        assert stored() == before, (state, party, step)


def test_a_program_describes_offers_compares_and_chooses_each_once(walks, clara, ana):
    customer, worker = signed_in_client("clara"), signed_in_client("ana")
    body = {
        "service_id": str(walks.pk),
        "text": WORDS,
        "windows": [
            {"starts_at": WEDNESDAY.starts_at.isoformat(), "ends_at": WEDNESDAY.ends_at.isoformat()}
        ],
        "zone_name": "Roma Norte",
        "latitude": HOME["latitude"],
        "longitude": HOME["longitude"],
    }
    made, again = asks(customer, "/jobs", body), asks(customer, "/jobs", body)
    assert (made.status_code, made.json()) == (201, again.json())
    assert Job.objects.count() == 1
    assert asks(customer, "/jobs", {**body, "text": WORDS * 2}).status_code == 422
    assert asks(customer, "/jobs", {**body, "price": 1}, key="k2").status_code == 422
    job = seen(Job.objects.get())
    (listed,) = worker.get("/api/v1/jobs?role=worker").json()["items"]
    assert (listed["first_name"], listed["zone_name"]) == ("Clara", "Roma Norte")
    assert "latitude" not in listed
    terms = {
        "lines": [{"label": "Paseo", "unit_minor": 50_000}],
        "minutes": 90,
        "slots": [WEDNESDAY_TEN.isoformat()],
    }
    sent = asks(worker, f"/jobs/{job.pk}/offers", terms)
    assert (sent.status_code, sent.json()["net_pay"]["amount_minor"]) == (201, 44_000)
    assert asks(worker, f"/jobs/{job.pk}/offers", terms).json() == sent.json()
    assert worker.get(f"/api/v1/jobs/{job.pk}/offers").status_code == 404
    (shown,) = customer.get(f"/api/v1/jobs/{job.pk}/offers").json()["items"]
    assert shown["price"] == {
        "currency": "MXN", "worker_minor": 44_000, "tip_minor": 0, "tenant_minor": 4_637,
        "platform_minor": 500, "processor_minor": 2_190, "tax_minor": 1_173,
        "total_minor": 52_500,
    }  # fmt: skip
    choice = {"starts_at": WEDNESDAY_TEN.isoformat(), "address": HOME["address"]}
    chosen = asks(customer, f"/job-offers/{shown['id']}/choose", choice, key="k3")
    assert (chosen.status_code, chosen.json()["state"]) == (201, "pending_payment")
    repeated = asks(customer, f"/job-offers/{shown['id']}/choose", choice, key="k3")
    assert repeated.json() == chosen.json()
    assert pays(Booking.objects.get()).state == "confirmed"


def test_a_time_that_is_gone_is_told_as_a_conflict_and_kept(job, clara, ana):
    offer = offered("ana", job, slots=(WEDNESDAY_TEN,))
    take_time_off(by=ana, starts_at=WEDNESDAY_TEN, ends_at=AT_NOON)
    choice = {"starts_at": WEDNESDAY_TEN.isoformat(), "address": HOME["address"]}
    answer = asks(signed_in_client("clara"), f"/job-offers/{offer.pk}/choose", choice)
    assert (answer.status_code, answer.json()["type"]) == (409, "slot_taken")
    assert latest(offer.pk).retime_until is not None


def test_a_customer_describes_with_a_form_looks_at_it_and_posts_it(walks, clara):
    client = signed_in_client("clara")
    page = client.get("/jobs/new/")
    assert (page.status_code, "jobs/describe.html" in {t.name for t in page.templates}) == (
        *(200, True),
    )
    form = page.context["form"]
    zone = form.fields["zone"].choices[1][0]
    said = {"text": f"{WORDS} 55 1234 5678", "zone": zone, "day1": "2026-03-04", "budget": "600"}
    short = client.post("/jobs/new/", {**said, "text": "corto"})
    assert (short.status_code, list(short.context["form"].errors)) == (422, ["text"])
    assert not Job.objects.exists()
    kept = client.post("/jobs/new/", {**said, "photos": [photo("a.jpg"), photo("b.jpg")]})
    draft = Job.objects.get()
    assert (kept.status_code, kept["Location"]) == (302, f"/jobs/{draft.code}/")
    begins = datetime(2026, 3, 4, 14, tzinfo=UTC)
    assert (draft.budget_minor, draft.times[0].starts_at) == (60_000, begins)
    shown = client.get(f"/jobs/{draft.code}/").content.decode()
    assert "un teléfono" in shown
    assert "5678" not in shown
    assert client.get(f"/jobs/{draft.code}/photos/1/").status_code == 200
    assert signed_in_client("ana").get(f"/work/open-jobs/{draft.code}/photos/1/").status_code == 404
    client.post(f"/jobs/{draft.code}/do/drop_photos/")
    assert not JobPhoto.objects.exists()
    client.post(f"/jobs/{draft.code}/do/post/")
    assert Job.objects.get().state == "open"


def test_a_worker_sees_the_net_pay_first_then_sends_and_the_customer_chooses_and_pays(
    job, clara, ana
):
    worker, customer = signed_in_client("ana"), signed_in_client("clara")
    listed = worker.get("/work/open-jobs/").content.decode()
    assert job.code in listed
    assert "Prueba" not in listed.partition("<h1")[2]
    path = f"/work/open-jobs/{job.code}/"
    said = {"label1": "Paseo y baño", "price1": "500", "minutes": "90", "slot1": "2026-03-04T10:00"}
    priced = worker.post(path, {**said, "action": "price"})
    assert (priced.status_code, priced.context["net"].minor) == (200, 44_000)
    assert not JobOffer.objects.exists()
    assert worker.post(path, {**said, "action": "send"}).status_code == 302
    offer = JobOffer.objects.get()
    assert (offer.amount_minor, offer.times) == (50_000, (WEDNESDAY_TEN,))
    page = customer.get(f"/jobs/{job.code}/?order=rating").content.decode()
    assert "525.00" in page
    assert "Ana P." in page
    ask = customer.post(f"/jobs/{job.code}/offers/{offer.pk}/ask/", {"amount": "450"})
    assert (ask.status_code, latest(offer.pk).wanted_minor) == (302, 45_000)
    worker.post(f"{path}do/agree/")
    assert latest(offer.pk).amount_minor == 45_000
    choice = {"slot": WEDNESDAY_TEN.isoformat(), "version": "1", "address": HOME["address"]}
    changed = customer.post(f"/jobs/{job.code}/offers/{offer.pk}/", choice)
    assert (changed.status_code, Booking.objects.count()) == (422, 0)
    paid = customer.post(f"/jobs/{job.code}/offers/{offer.pk}/", {**choice, "version": "3"})
    booking = Booking.objects.get()
    assert (paid.status_code, paid["Location"]) == (
        *(302, f"/bookings/{booking.code}/pay/{booking.payment_id}/"),
    )
    assert customer.get(f"/jobs/{job.code}/").status_code == 200
    assert worker.get(path).status_code == 200


def test_a_worker_answers_with_other_terms_and_names_other_times(job, clara, ana):
    worker, path = signed_in_client("ana"), f"/work/open-jobs/{job.code}/"
    offer = offered("ana", job, slots=(WEDNESDAY_TEN,))
    counter_offer(by=clara, offer_id=offer.pk, words="¿Más temprano?")
    said = {"label1": "Paseo", "price1": "480", "minutes": "60", "slot1": "2026-03-04T09:00"}
    assert worker.post(path, said).status_code == 302
    assert latest(offer.pk).amount_minor == 48_000
    late = worker.post(f"{path}do/retime/", {"slot1": "2026-03-04T12:00"}, follow=True)
    assert "Nadie pidió otros horarios." in late.content.decode()
    worker.post(f"{path}do/withdraw/")
    assert latest(offer.pk).state == "withdrawn"


def test_the_office_lists_reads_and_decides_with_a_reason(walks, clara, olga):
    text = f"{WORDS} 55 1234 5678, ana@x.com, wa.me/525512345678"
    job = post_job(by=clara, job_id=save_job(by=clara, described=described(walks, text=text)).pk)
    office = signed_in_client("olga", strong=True)
    assert job.code in office.get("/office/jobs/").content.decode()
    path = f"/office/jobs/{job.pk}/"
    assert office.get(path).status_code == 200
    assert office.post(f"{path}send_back/", {"reason": "no"}).status_code == 422
    assert Job.objects.get().state == "pending_review"
    assert office.post(f"{path}approve/").status_code == 302
    assert office.post(f"{path}take_down/", REASON).status_code == 302
    assert (Job.objects.get().state, Job.objects.get().reason) == ("withdrawn", REASON["reason"])
    assert signed_in_client("clara").get("/office/jobs/").status_code in (302, 403, 404)


def test_a_search_without_results_leads_to_describing_a_job(walks, clara):
    settled()
    client = Client(headers={"host": "patitas.localhost", "accept-language": "es"})
    page = client.get("/search/?q=walk&language=fr")
    (way,) = [each for each in page.context["relaxations"] if each[1].startswith("/jobs/new/")]
    assert way == ("Describe el trabajo y recibe ofertas", "/jobs/new/?service=walk-60", 3)
    profile = client.get("/w/ana-p/").content.decode()
    assert "/jobs/new/?service=walk-60" in profile
