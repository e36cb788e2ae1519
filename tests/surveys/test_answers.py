"""Customers answer: once asked, within time, and somebody calls when it was bad."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kernel import clock
from kernel.actor import Role
from surveys.actions.answer import answer
from surveys.actions.invite import ask_about_us, ask_about_visit
from surveys.models import Answer, Invitation
from surveys.queries import customer_scores
from surveys.rules.surveys import (
    ScoreOffScale,
    StageUnknown,
    SurveyExpired,
    SurveySettled,
    SurveyUnknown,
)
from tenants.messaging.actions.set_preference import set_preference
from tenants.messaging.models import Notification
from tenants.support.models import Case
from tenants.tenancy.queries import member
from tests.support.worlds import joins

NOON = datetime(2026, 11, 21, 18, tzinfo=UTC)


def told(case):
    return list(case.events.order_by("at", "pk").values_list("kind", "text"))


def test_an_answer_is_stored_with_the_stages_of_a_low_score(clara_is_asked):
    given = answer(
        token=clara_is_asked.token, score=3, stages=("travel", "match"), text=" Llegó tarde "
    )

    clara_is_asked.refresh_from_db()
    assert (given.value, given.stages, given.text) == (3, ["match", "travel"], "Llegó tarde")
    assert clara_is_asked.state == "answered"
    assert Case.objects.count() == 0


def test_a_good_score_has_no_stages(clara_is_asked):
    assert answer(token=clara_is_asked.token, score=5, stages=("travel",)).stages == []


def test_a_low_score_opens_one_case_and_a_second_adds_to_it(clara_is_asked, clara):
    answer(token=clara_is_asked.token, score=2, text="Llegó tarde")

    case = Case.objects.get()
    assert (case.priority, case.about_kind, case.about_id, case.person_id) == (
        "P3",
        "booking",
        clara_is_asked.booking_id,
        clara.member_id,
    )
    assert case.owner.role == "owner"
    assert case.due_at > clock.now()
    before = len(told(case))

    answer(token=clara_is_asked.token, score=1, text="Y rompió un florero")

    case = Case.objects.get()
    assert case.priority == "P2"
    added = told(case)[before:]
    assert [kind for kind, _ in added] == ["add", "raise"]
    assert added[0][1].endswith("1 de 5: Y rompió un florero")


def test_an_unsafe_text_is_urgent_whatever_the_score(clara_is_asked):
    answer(token=clara_is_asked.token, score=5, text="Me hizo sentir insegura")

    assert Case.objects.get().priority == "P1"


@pytest.mark.parametrize(("score", "priority"), [(3, "P2"), (4, "P3"), (6, "P3")])
def test_detractors_are_called(clara_is_asked_about_us, score, priority):
    answer(token=clara_is_asked_about_us.token, score=score)

    case = Case.objects.get()
    assert (case.priority, case.about_kind) == (priority, "survey")


def test_a_passive_is_left_in_peace(clara_is_asked_about_us):
    answer(token=clara_is_asked_about_us.token, score=7)

    assert not Case.objects.exists()


def test_the_last_answer_within_a_day_counts_and_later_ones_do_not(clara_is_asked):
    answer(token=clara_is_asked.token, score=4)
    at = clock.now()
    with clock.travelling_to(at + timedelta(hours=23)):
        answer(token=clara_is_asked.token, score=5)
    with clock.travelling_to(at + timedelta(hours=25)), pytest.raises(SurveySettled):
        answer(token=clara_is_asked.token, score=1)

    assert Answer.objects.get().value == 5
    assert not Case.objects.exists()


def test_an_expired_token_stores_nothing(clara_is_asked):
    late = clara_is_asked.expires_at + timedelta(seconds=1)
    with clock.travelling_to(late), pytest.raises(SurveyExpired):
        answer(token=clara_is_asked.token, score=1)

    assert (Answer.objects.count(), Case.objects.count()) == (0, 0)


@pytest.mark.parametrize("score", [0, 6, -1, 10])
def test_scores_off_the_scale_are_refused(clara_is_asked, score):
    with pytest.raises(ScoreOffScale):
        answer(token=clara_is_asked.token, score=score)

    assert not Answer.objects.exists()


def test_a_stage_that_no_visit_has_is_refused(clara_is_asked):
    with pytest.raises(StageUnknown):
        answer(token=clara_is_asked.token, score=2, stages=("weather",))

    assert not Answer.objects.exists()


def test_a_token_that_was_never_given_leads_nowhere(patitas):
    with pytest.raises(SurveyUnknown):
        answer(token="0" * 32, score=5)


def test_a_person_is_asked_once_per_visit_and_told_once(clara_is_asked, clara):
    again = ask_about_visit(
        member_id=clara.member_id, booking_id=clara_is_asked.booking_id, service="Paseo"
    )

    assert again == clara_is_asked
    assert Notification.objects.filter(notice="surveys.csat").count() == 1


def test_thirteen_days_later_is_too_soon_and_fourteen_is_not(patitas, olga, clara):
    def asked(days):
        with clock.travelling_to(NOON + timedelta(days=days)):
            return ask_about_visit(member_id=clara.member_id, booking_id=uuid4(), service="Paseo")

    assert [(asked(day).skip_reason) for day in (0, 13, 14)] == ["", "recontact", ""]


def test_nobody_is_asked_twice_in_a_fortnight_whatever_about(patitas, olga, clara):
    with clock.travelling_to(NOON):
        ask_about_visit(member_id=clara.member_id, booking_id=uuid4(), service="Paseo")
        skipped = ask_about_us(member_id=clara.member_id, occasion="90d:1")

    assert (skipped.state, skipped.skip_reason) == ("skipped", "cooldown")
    with pytest.raises(SurveyUnknown):
        answer(token=skipped.token, score=9)


def test_who_has_an_open_case_is_not_asked(clara_is_asked, clara):
    answer(token=clara_is_asked.token, score=1)

    with clock.travelling_to(clock.now() + timedelta(days=20)):
        skipped = ask_about_us(member_id=clara.member_id, occasion="90d:1")

    assert skipped.skip_reason == "open_case"


def test_who_does_not_want_to_be_asked_is_not(patitas, olga, clara):
    user_id = member(clara.member_id).user_id
    set_preference(user_id=user_id, purpose="survey", channel="email", wanted=False)

    skipped = ask_about_us(member_id=clara.member_id, occasion="90d:1")

    assert skipped.skip_reason == "opt_out"
    assert not Notification.objects.filter(notice="surveys.nps").exists()


def test_scores_are_exact_on_a_small_world(patitas, olga):
    scores = [10, 9, 9, 8, 7, 3]
    for number, score in enumerate(scores):
        person = joins(f"c{number}", Role.CUSTOMER)
        asked = ask_about_us(member_id=person.member_id, occasion="90d:1")
        answer(token=asked.token, score=score)

    found = customer_scores(clock.now())

    assert (found.nps.value, found.nps.n, found.nps.note) == (
        pytest.approx(100 / 3),
        6,
        "small_sample",
    )
    assert found.nps.low < 100 / 3 < found.nps.high
    assert (found.csat.value, found.csat.n, found.csat.note) == (None, 0, "no_data")
    assert (found.asked, found.answered, found.response_rate) == (6, 6, 1.0)


def test_below_five_answers_only_their_number_is_told(patitas, olga):
    for number in range(4):
        person = joins(f"c{number}", Role.CUSTOMER)
        asked = ask_about_visit(member_id=person.member_id, booking_id=uuid4(), service="Paseo")
        answer(token=asked.token, score=5)

    found = customer_scores(clock.now()).csat

    assert (found.value, found.low, found.high, found.n, found.note) == (
        None,
        None,
        None,
        4,
        "count_only",
    )


def test_of_each_person_the_latest_recommendation_counts(patitas, olga, clara):
    for day, score in ((0, 0), (90, 10)):
        with clock.travelling_to(NOON + timedelta(days=day)):
            asked = Invitation.objects.create(
                survey="nps_rel",
                member_id=clara.member_id,
                event=f"90d:{day}",
                token=f"{day:032x}",
                state="sent",
                expires_at=NOON + timedelta(days=200),
            )
            answer(token=asked.token, score=score)

    with clock.travelling_to(NOON + timedelta(days=90, minutes=-1)):
        assert customer_scores(clock.now()).nps.n == 1
    with clock.travelling_to(NOON + timedelta(days=90)):
        assert customer_scores(clock.now()).nps.n == 1
