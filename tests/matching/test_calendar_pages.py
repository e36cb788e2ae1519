"""A worker's calendar by thumb and by program, the office's view of everybody, and the feed."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.actor import Actor, Role
from marketplace.matching.actions.set_plan import take_time_off
from marketplace.matching.models import (
    CalendarFeed,
    DateRow,
    OwnTimes,
    PlanRow,
    ServiceTimes,
    TimeOff,
)
from marketplace.matching.queries import free_slots
from tests.matching.test_ical import calendar
from tests.matching.test_pages import HOST, api
from tests.support.worlds import signed_in_client
from tests.support.worlds_market import NOW, works

pytestmark = pytest.mark.usefixtures("on_monday")

TOMORROW = date(2026, 3, 3)


@pytest.fixture
def ana_at_her_phone(ana_works):
    return signed_in_client("ana")


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_week_shows_hours_and_what_is_said_of_one_date(ana_works, ana_at_her_phone):
    page = read(ana_at_her_phone, "/work/calendar/")
    assert page.count(">8:00 a.m.<") == 7
    hours = {"a_from": "10:00", "a_to": "12:00", "b_from": "", "b_to": ""}
    assert ana_at_her_phone.post("/work/calendar/2026-03-03/", hours).status_code == 302
    assert [str(row) for row in DateRow.objects.all()] == ["2026-03-03 10:00 to 12:00"]
    page = read(ana_at_her_phone, "/work/calendar/?day=2026-03-03")
    assert "solo esta fecha" in page
    assert page.count(">8:00 a.m.<") == 6
    assert ana_at_her_phone.post("/work/calendar/2026-03-03/", {"free": "1"}).status_code == 302
    assert [str(row) for row in DateRow.objects.all()] == ["2026-03-03 free"]
    assert ana_at_her_phone.post("/work/calendar/2026-03-03/", {"usual": "1"}).status_code == 302
    assert not DateRow.objects.exists()


def test_a_wrong_day_is_refused_with_what_was_typed(ana_works, ana_at_her_phone):
    overlap = {"a_from": "10:00", "a_to": "12:00", "b_from": "11:00", "b_to": "13:00"}
    answer = ana_at_her_phone.post("/work/calendar/2026-03-03/", overlap)
    assert (answer.status_code, b'value="11:00"' in answer.content) == (422, True)
    half = ana_at_her_phone.post("/work/calendar/2026-03-03/", {"a_from": "10:00"})
    assert half.status_code == 422
    assert ana_at_her_phone.get("/work/calendar/9999-12-31/").status_code == 404
    assert ana_at_her_phone.get("/work/calendar/soon/").status_code == 404
    assert not DateRow.objects.exists()


def test_a_worker_has_parameters_of_their_own(ana_works, ana_at_her_phone):
    path = f"/work/calendar/offers/{ana_works.pk}/"
    assert 'placeholder="30"' in read(ana_at_her_phone, path)
    assert ana_at_her_phone.post(path, {"slot_step": "241"}).status_code == 422
    assert not OwnTimes.objects.exists()
    assert ana_at_her_phone.post(path, {"slot_step": "60"}).status_code == 302
    assert OwnTimes.objects.get().slot_step == 60


def test_a_feed_is_open_to_who_knows_it_until_it_is_revoked(clara_booked_ana, ana_at_her_phone):
    made = ana_at_her_phone.post("/work/calendar/feed/", {})
    shown = made.content.decode().split('<code class="breaks">')[1].split("</code>")[0]
    path = "/calendar/" + shown.split("/calendar/")[1]
    stranger = Client(headers=HOST)
    feed = stranger.get(path)
    assert (feed.status_code, feed["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"SUMMARY:Paseo de perro 60 min" in feed.content
    assert b"Clara" not in feed.content
    assert CalendarFeed.objects.get().secret_hash not in path
    assert stranger.get("/calendar/guessed.ics").status_code == 404
    ana_at_her_phone.post("/work/calendar/feed/", {})
    assert stranger.get(path).status_code == 404
    ana_at_her_phone.post("/work/calendar/feed/", {"stop": "1"})
    assert CalendarFeed.objects.filter(revoked_at__isnull=True).count() == 0


def test_another_calendar_closes_its_times_and_is_replaced(ana_works, ana_at_her_phone):
    def sends(content: bytes):
        file = SimpleUploadedFile("busy.ics", content, content_type="text/calendar")
        return ana_at_her_phone.post("/work/calendar/import/", {"file": file})

    assert sends(calendar("DTSTART:20260303T150000Z DURATION:PT2H")).status_code == 302
    assert sends(calendar("DTSTART:20260304T150000Z DURATION:PT2H")).status_code == 302
    (row,) = TimeOff.objects.all()
    assert (row.kind, row.starts_at.isoformat()) == ("imported", "2026-03-04T15:00:00+00:00")
    assert sends(b"a photo").status_code == 422
    assert TimeOff.objects.count() == 1
    assert "Está cerrado 1 horario" in read(ana_at_her_phone, "/work/calendar/phone/")
    assert ana_at_her_phone.post("/work/calendar/import/", {"forget": "1"}).status_code == 302
    assert not TimeOff.objects.exists()


def away(booking) -> TimeOff:
    ana = Actor(role=Role.WORKER, member_id=booking.worker.member_id)
    span = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
    return take_time_off(by=ana, **span)


def test_for_each_job_in_time_off_another_time_is_proposed_or_it_is_called_off(
    clara_booked_ana, ana_at_her_phone
):
    booking = clara_booked_ana
    off = away(booking)
    page = read(ana_at_her_phone, f"/work/calendar/off/{off.pk}/")
    assert booking.code in page
    assert "Proponer este horario" in page
    first = page.split('<option value="')[1].split('"')[0]
    path = f"/work/jobs/{booking.code}/away/{off.pk}/"
    said = {"step": "propose_time", "start": first, "reason": "Estoy de viaje ese día."}
    assert ana_at_her_phone.post(path, said).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "confirmed"
    assert booking.proposals.count() == 1
    ana_at_her_phone.post(path, {"step": "cancel", "reason": ""})
    booking.refresh_from_db()
    assert booking.state == "confirmed"
    ana_at_her_phone.post(path, {"step": "cancel", "reason": "Estoy de viaje ese día."})
    booking.refresh_from_db()
    assert booking.state == "awaiting_choice"


def test_the_office_sees_everybody_in_a_fixed_number_of_queries(
    clara_booked_ana, django_assert_max_num_queries
):
    olga = signed_in_client("olga", strong=True)
    read(olga, "/office/calendar/")
    with django_assert_max_num_queries(45):
        page = read(olga, "/office/calendar/?view=week")
    assert "Paseo de perro 60 min" in page
    assert "Ana P." in page
    assert read(olga, "/office/calendar/?view=day&day=2026-03-03").count("<th>") == 2
    assert signed_in_client("clara").get("/office/calendar/").status_code in (302, 403, 404)


def test_the_office_says_how_a_service_is_booked(ana_works):
    olga = signed_in_client("olga", strong=True)
    path = f"/office/times/{ana_works.service_id}/"
    assert "Paseo de perro 60 min" in read(olga, "/office/times/")
    assert olga.post(path, {"room": "capacity", "units": "101"}).status_code == 422
    assert not ServiceTimes.objects.exists()
    assert olga.post(path, {"room": "capacity", "units": "3"}).status_code == 302
    said = ServiceTimes.objects.get()
    assert (said.room, said.units, said.request_blocks_slot) == ("capacity", 3, False)


def test_programs_say_dates_and_parameters(ana_works, ana_at_her_phone):
    hours = {"hours": [{"starts": "10:00:00", "ends": "12:00:00", "services": []}]}
    day = api(ana_at_her_phone, "PUT", "/workers/me/days/2026-03-03", hours)
    assert (day.status_code, day.json()) == (200, hours)
    times = f"/workers/me/offers/{ana_works.pk}/times"
    assert api(ana_at_her_phone, "PUT", times, {"slot_step": 241}).status_code == 422
    assert api(ana_at_her_phone, "PUT", times, {"slot_step": 240}).status_code == 200
    theirs = f"/services/{ana_works.service_id}/times"
    assert api(ana_at_her_phone, "PUT", theirs, {}).status_code == 404
    off = {
        "starts_at": (NOW + timedelta(days=3)).isoformat(),
        "ends_at": (NOW + timedelta(days=4)).isoformat(),
        "kind": "closed",
    }
    assert api(ana_at_her_phone, "POST", "/workers/me/time-off", off).status_code == 201
    assert (OwnTimes.objects.get().slot_step, TimeOff.objects.get().kind) == (240, "closed")


def test_hours_may_be_for_some_services_and_stay_so(patitas_is_stocked, ana):
    walk, cat = works("ana", services=("walk-60", "cat-visit"))
    phone = signed_in_client("ana")
    hours = {"d0a_from": "09:00", "d0a_to": "12:00", "d0a_only": [str(cat.service_id)]}
    assert phone.post("/work/plan/", hours).status_code == 302
    assert PlanRow.objects.get().services == [cat.service_id]
    page = read(phone, "/work/plan/")
    assert page.count("checked") == 1
    copied = phone.post("/work/plan/", {**hours, "copy": "1"}).content.decode()
    assert copied.count("checked") == 5
    found = free_slots(worker_service=walk, from_=NOW, to=NOW + timedelta(days=7))
    assert found == []
