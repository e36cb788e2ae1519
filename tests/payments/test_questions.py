"""A person works off what does not add up, at the office and over all marketplaces."""

import time
from uuid import uuid4

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from kernel import clock, outbox
from kernel.actor import Role
from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import NotAllowed, NotFound
from kernel.timers import run_due_of
from payments.actions.answer_question import answer_question
from payments.actions.ask_person import ask_person, sound_old_ones
from payments.actions.cash_out import cash_out
from payments.actions.lend import lend
from payments.actions.receive_event import count_refusal, receive_event
from payments.actions.send_payout import send_payout
from payments.models import MoneyQuestion, ProviderCall, ProviderEvent
from payments.providers.base import NoAnswer, Signal
from payments.queries import float_left, question_for, wallet_of
from payments.queries.recon import tenants_floats
from payments.rules.calls import SAFE_TO_REPEAT
from payments.rules.questions import ALARM_AFTER, AlreadyAnswered, AnswerUnknown, NoteMissing
from tenants.messaging.models import Delivery, Notification
from tenants.tenancy.models import AccessLog
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_money import done, mxn, owes, paid

pytestmark = pytest.mark.usefixtures("patitas")


@pytest.fixture
def asked(patitas):
    return ask_person(kind="missing_here", key="line:1", about="tr_1", amount=mxn(-700))


@pytest.fixture
def unresolved(stripe_sandbox, ana, clara):
    """A cash-out of Ana's of which nobody knows whether Stripe ever heard."""
    stripe_sandbox.onboards(ana)
    done(stripe_sandbox.pays(clara, owes(clara)), ana)
    with stripe_sandbox.later(days=4):
        match = {"method": "post", "path": "/v1/payouts"}
        stripe_sandbox.control("/faults", kind="timeout_before", match=match, times=1)
        payout = cash_out(by=ana, amount=mxn(56_040), option="free", key="k")
        stripe_sandbox.deliver()
        long_ago = clock.system_now() - SAFE_TO_REPEAT * 2
        ProviderCall.objects.filter(purpose="payout").update(first_sent_at=long_ago)
        with pytest.raises(NoAnswer):
            send_payout(payout_id=payout.pk)
        yield payout


def test_never_done_gives_the_money_back_and_asks_nobody_twice(
    stripe_sandbox, olga, ana, unresolved
):
    question = MoneyQuestion.objects.get(kind="unresolved_call")

    answer_question(by=olga, question_id=question.pk, answer="never_made", note="Not there.")
    run_due_of(unresolved.pk)
    outbox.drain()

    unresolved.refresh_from_db()
    assert (unresolved.state, unresolved.failure) == ("failed", "never_made")
    assert wallet_of(ana).available == mxn(56_040)
    assert stripe_sandbox.rows("payouts") == []
    with pytest.raises(AlreadyAnswered):
        answer_question(by=olga, question_id=question.pk, answer="never_made", note="Again.")


def test_an_answer_must_fit_the_question_and_say_something(olga, ana, asked):
    with pytest.raises(AnswerUnknown):
        answer_question(by=olga, question_id=asked.pk, answer="made", note="x")
    with pytest.raises(NoteMissing):
        answer_question(by=olga, question_id=asked.pk, answer="done", note=" ")
    with pytest.raises(NotAllowed):
        answer_question(by=ana, question_id=asked.pk, answer="done", note="x")
    asked.refresh_from_db()
    assert asked.state == "open"


def test_what_is_tried_again_in_vain_is_asked_again(olga, asked):
    answer_question(by=olga, question_id=asked.pk, answer="retry", note="")
    assert ask_person(kind="missing_here", key="line:1", about="tr_1").state == "open"

    answer_question(by=olga, question_id=asked.pk, answer="done", note="By hand.")
    assert ask_person(kind="missing_here", key="line:1", about="tr_1").state == "answered"


def test_what_nobody_answers_for_a_day_alarms_once(asked, caplog):
    assert sound_old_ones(at=clock.now()) == 0
    assert sound_old_ones(at=clock.now() + ALARM_AFTER) == 1
    assert sound_old_ones(at=clock.now() + ALARM_AFTER) == 0
    assert caplog.text.count("missing_here about tr_1") == 1


def test_an_event_that_finds_nobody_for_three_days_is_dead_and_can_be_tried_again(olga, caplog):
    with working_for(HOUSE):
        operator = joins("oscar", Role.STAFF)
        receive_event(
            provider="stripe",
            signal=Signal(
                event_id="evt_1",
                account="",
                kind="refund.updated",
                object_id="re_nobodys",
                created_at=clock.now(),
            ),
        )
        outbox.drain()
        row = ProviderEvent.objects.get()
        for look in range(1, 18):
            with clock.travelling_to(clock.now() + look * ALARM_AFTER):
                run_due_of(row.pk)
        row.refresh_from_db()
        assert (row.state, row.tries) == ("dead", 17)
        question = MoneyQuestion.objects.get()
        assert (question.kind, question.about) == ("dead_event", "re_nobodys")
        assert "dead_event" in caplog.text

        answer_question(by=operator, question_id=question.pk, answer="retry", note="")
        outbox.drain()
        row.refresh_from_db()
        assert (row.state, row.tries) == ("parked", 1)


class TestOffice:
    """The queue of one marketplace."""

    def test_the_office_reads_and_answers(self, olga, asked):
        office = signed_in_client("olga", strong=True)

        listed = office.get("/office/money/questions/").content.decode()
        assert "tr_1" in listed
        page = f"/office/money/questions/{asked.pk}/"
        assert office.get(page).status_code == 200
        assert office.post(page, {"answer": "done", "note": ""}).status_code == 400
        answer = office.post(page, {"answer": "done", "note": "Fue a mano."})
        assert answer["Location"] == "/office/money/questions/"

        asked.refresh_from_db()
        assert (asked.state, asked.note, asked.answered_by_id) == (
            "answered",
            "Fue a mano.",
            olga.member_id,
        )

    def test_the_neighbours_questions_are_not_there(self, lar_limpo, asked):
        with working_for(lar_limpo.pk), pytest.raises(NotFound):
            question_for(joins("berta", Role.OWNER), asked.pk)


class TestOperator:
    """All marketplaces, for whoever works for the house."""

    @pytest.fixture
    def oscar(self):
        with working_for(HOUSE):
            joins("oscar", Role.STAFF)
        return signed_in_client("oscar", host="auth.localhost")

    def proves(self, client: Client) -> None:
        with working_for(HOUSE):
            session = client.session
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
            session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = session["_auth_user_id"]
            session.save()

    def test_a_second_factor_is_asked_for(self, oscar):
        answer = oscar.get("/operator/money/")

        assert answer.status_code == 302
        assert answer["Location"].startswith("/factor/new/?next=%2Foperator%2Fmoney%2F")

    def test_owners_of_marketplaces_have_no_business_there(self, olga):
        client = signed_in_client("olga", host="auth.localhost")
        self.proves(client)
        assert client.get("/operator/money/").status_code == 404
        assert Client(headers={"host": "auth.localhost"}).get("/operator/money/").status_code == 302

    def test_every_marketplaces_money_is_shown(self, oscar, clara):
        paid(clara)
        with working_for(HOUSE):
            ask_person(kind="dead_event", key="e", about="re_nobodys")
        self.proves(oscar)

        shown = oscar.get("/operator/money/", headers={"accept-language": "en"}).content.decode()

        assert "Patitas" in shown
        assert "659.00" in shown
        assert "re_nobodys" in shown
        assert "They have not been compared yet" in shown

    def test_what_is_lent_for_wages_is_shown_and_lent_once_per_key(self, oscar, patitas):
        self.proves(oscar)
        key = str(uuid4())
        asked = {"tenant": patitas.pk, "amount": "900.00", "key": key}

        for _ in range(2):
            answer = oscar.post("/operator/float/", asked)
            assert answer["Location"] == "/operator/float/"
        with working_for(HOUSE):
            outbox.drain()

        assert float_left() == mxn(90_000)
        with working_for(HOUSE):
            (shown,) = [each for each in tenants_floats() if each.tenant_id == patitas.pk]
            assert (shown.left, shown.committed, shown.advanced) == (mxn(90_000), mxn(0), mxn(0))
            assert AccessLog.objects.filter(purpose="lend", object_id="patitas").count() == 2
        page = oscar.get("/operator/float/", headers={"accept-language": "en"}).content.decode()
        assert "900.00" in page

    def test_nothing_and_less_is_not_lent(self, oscar, patitas):
        self.proves(oscar)
        asked = {"tenant": patitas.pk, "amount": "-1", "key": str(uuid4())}
        assert oscar.post("/operator/float/", asked).status_code == 422
        with working_for(HOUSE):
            outbox.drain()
        assert float_left() == mxn(0)

    def test_money_is_shown_by_who_moves_it_and_attacks_by_what_they_are(self, oscar, clara):
        paid(clara)
        with working_for(HOUSE):
            count_refusal(provider="stripe", endpoint="platform")
        self.proves(oscar)

        shown = oscar.get("/operator/money/", headers={"accept-language": "en"}).content.decode()

        assert "A company for tests" in shown
        assert "Messages with a wrong signature or age" in shown
        assert oscar.get("/operator/bank/").status_code == 200

    def test_only_the_house_lends(self, olga, patitas):
        with pytest.raises(NotAllowed):
            lend(by=olga, tenant_id=patitas.pk, amount=mxn(1), key="k")

    def test_people_of_the_house_are_told_of_its_questions(self, oscar):
        with working_for(HOUSE):
            ask_person(kind="dead_event", key="e", about="re_nobodys")
            outbox.drain()
            told = Notification.objects.get(notice="payments.question_asked")
            assert told.values["question"] == "re_nobodys"
            assert Delivery.objects.get().state == "sent"


class TestPrograms:
    """The queue, for programs of the office."""

    def test_a_program_reads_and_answers(self, olga, asked):
        program = signed_in_client("olga", strong=True)

        (listed,) = program.get("/api/v1/money/questions?state=open").json()["items"]
        assert (listed["id"], listed["about"]) == (str(asked.pk), "tr_1")
        assert listed["answers"] == ["done", "retry"]
        address = f"/api/v1/money/questions/{asked.pk}"
        refused = program.post(f"{address}/answer", {"answer": "done"}, "application/json")
        assert refused.status_code == 422
        assert refused.json()["type"].endswith("question.note")
        said = {"answer": "done", "note": "Fue a mano."}
        answered = program.post(f"{address}/answer", said, "application/json").json()

        assert (answered["state"], answered["note"]) == ("answered", "Fue a mano.")
        assert program.get(address).json()["answer"] == "done"
        assert program.get("/api/v1/money/questions?state=open").json()["items"] == []

    def test_workers_have_no_questions(self, ana, asked):
        assert signed_in_client("ana").get("/api/v1/money/questions").status_code == 404
