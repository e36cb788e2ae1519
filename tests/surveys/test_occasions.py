"""When customers are asked: after a visit, and a month after they first came."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from kernel import clock
from kernel.models import Timer
from kernel.timers import run_due_of
from surveys.actions.answer import answer
from surveys.models import Invitation
from surveys.panels import ask_about_the_visit
from tests.support.worlds_bookings import WEDNESDAY_TEN, fresh

FINISHED = WEDNESDAY_TEN + timedelta(minutes=90)


def due(subject_id, at):
    with clock.travelling_to(at):
        run_due_of(subject_id)


@pytest.mark.parametrize(("minutes", "asked"), [(59, 0), (60, 1)])
def test_a_customer_is_asked_an_hour_after_the_worker_has_finished(job_done, minutes, asked):
    due(job_done.pk, FINISHED + timedelta(minutes=minutes))

    assert Invitation.objects.filter(survey="csat_booking", state="sent").count() == asked


def test_the_invitation_is_the_customers_and_about_the_visit(job_done, clara):
    due(job_done.pk, FINISHED + timedelta(hours=1))
    due(job_done.pk, FINISHED + timedelta(hours=2))

    asked = Invitation.objects.get(survey="csat_booking")
    assert (asked.member_id, asked.booking_id) == (clara.member_id, job_done.pk)
    page = Client(headers={"host": "patitas.localhost"}).get(f"/s/{asked.token}/")
    assert fresh(job_done).service_name in page.content.decode()


def test_a_new_customer_is_asked_once_30_to_43_days_later_and_again_after_90(job_done, clara):
    first = Timer.objects.get(name="surveys.ask_about_us", entry="first")
    wait = first.due_at - job_done.requested_at
    assert timedelta(days=30) <= wait <= timedelta(days=43)

    due(clara.member_id, first.due_at)

    asked = Invitation.objects.get(survey="nps_rel")
    assert (asked.member_id, asked.state) == (clara.member_id, "sent")
    following = Timer.objects.get(name="surveys.ask_about_us", state="pending")
    assert following.due_at == first.due_at + timedelta(days=90)


def test_the_survey_is_offered_on_the_visit_until_it_is_answered(job_done, clara):
    due(job_done.pk, FINISHED + timedelta(hours=1))
    asked = Invitation.objects.get(survey="csat_booking")

    with clock.travelling_to(FINISHED + timedelta(hours=2)):
        _, shown = ask_about_the_visit(RequestFactory().get("/"), job_done)
        assert shown == {"url": f"/s/{asked.token}/"}
        answer(token=asked.token, score=5)
        assert ask_about_the_visit(RequestFactory().get("/"), job_done) is None
