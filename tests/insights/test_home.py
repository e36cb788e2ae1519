"""The owner's home and the promise: exact on a small world, suppressed through every door."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from insights.queries import figures, home, promise
from insights.queries.figures import PeriodRefused
from kernel import clock
from kernel.actor import Role
from kernel.errors import NotFound
from marketplace.matching.actions.note_search import note_search
from surveys.actions.answer import answer
from surveys.actions.count_wave import count_wave
from surveys.actions.invite import ask_about_us
from surveys.actions.open_wave import open_wave
from surveys.actions.speak import speak
from surveys.models import Wave
from tests.support.worlds import joins, signed_in_client
from tests.support.worlds_bookings import WEDNESDAY_TEN
from tests.surveys.conftest import codes, workers

EVENING = WEDNESDAY_TEN + timedelta(hours=6)


@pytest.fixture
def in_the_evening(job_done):
    """It is the evening after Clara's walk."""
    with clock.travelling_to(EVENING):
        yield job_done


def visitor():
    return Client(headers={"host": "patitas.localhost"})


def office(language="es"):
    client = signed_in_client("olga", strong=True)
    client.cookies["django_language"] = language
    return client


def customers_say(*scores):
    for number, score in enumerate(scores):
        person = joins(f"c{number}", Role.CUSTOMER)
        answer(token=ask_about_us(member_id=person.member_id, occasion="1").token, score=score)


def workers_say(owner, *scores):
    workers(10)
    wave = open_wave(by=owner)
    for code, score in zip(codes(wave), scores, strict=False):
        speak(code=code, score=score)
    count_wave(wave_id=wave.pk)


def test_figures_are_exact_on_a_small_world(in_the_evening, olga):
    found = home(olga)

    assert (found.this_week, found.week_before) == (1, 0)
    assert found.days[-3] == (date(2026, 3, 2), 1)
    assert sum(count for _, count in found.days) == sum(count for _, count in found.weeks) == 1
    assert (len(found.days), len(found.weeks)) == (28, 8)
    match = found.match
    assert (match.requests, match.matched, match.gross, match.net, match.filled) == (1, 1, 1, 1, 1)
    assert (found.open_cases, found.overdue_cases) == (0, 0)
    assert (found.payouts.count, found.payouts.amount.minor, found.payouts.amount.currency) == (
        0,
        0,
        "MXN",
    )


def test_the_promise_is_what_happened(in_the_evening):
    figures = promise().figures

    assert figures.jobs == 1
    assert figures.worker_share_bp == round(51_040 * 10_000 / 60_900)
    assert (figures.tips_minor, figures.tips_passed_bp) == (5_000, 10_000)
    assert figures.minutes_to_available == 10
    assert (figures.cash_outs, figures.minutes_to_paid) == (0, None)


def test_everybody_may_read_the_promise(in_the_evening):
    said = visitor().get("/api/v1/promise").json()

    assert (said["jobs"], said["worker_share_bp"], said["tips_passed_bp"]) == (1, 8381, 10_000)


def test_without_data_there_is_no_figure_and_no_zero(patitas, olga):
    said = visitor().get("/api/v1/promise").json()
    page = office().get("/office/").content.decode()

    assert (said["jobs"], said["worker_share_bp"], said["minutes_to_available"]) == (0, None, None)
    assert "sin dato" in page
    assert not re.search(r"<b>0 %</b>", page.replace("<b>0</b>", ""))


def test_low_scores_and_cases_show_at_home(in_the_evening, olga):
    customers_say(10, 10, 9, 8, 2)
    found = home(olga)

    assert (found.customers.nps.value, found.customers.nps.n) == (40, 5)
    assert (found.open_cases, found.overdue_cases) == (1, 0)
    with clock.travelling_to(EVENING + timedelta(days=4)):
        assert home(olga).overdue_cases == 1
    page = office().get("/office/").content.decode()
    assert "NPS: <span" not in page
    assert "muestra chica" in page


def test_four_answers_are_only_counted(in_the_evening):
    customers_say(10, 10, 10, 10)
    page = office().get("/office/").content.decode()

    assert "4 respuestas; el resultado se muestra a partir de 5." in page
    assert office().get("/api/v1/insights/home").json()["nps"] == {
        "value": None,
        "low": None,
        "high": None,
        "n": 4,
        "note": "count_only",
    }


@pytest.mark.parametrize("scores", [(10, 9, 9, 10), (10, 9, 9, 10, 10, 9)])
def test_what_workers_said_is_hidden_behind_every_door(in_the_evening, olga, scores):
    workers_say(olga, *scores)
    at_home = office().get("/api/v1/insights/home").json()["enps"]
    at_surveys = office().get("/api/v1/experience/scores").json()["wave"]["enps"]
    page = office().get("/office/").content.decode()
    row = re.search(r'<th scope="row">Trabajadores \(eNPS\)</th>(.*?)</tr>', page, re.S)[1]

    assert at_home == at_surveys
    assert (at_home["value"], at_home["low"], at_home["high"], at_home["n"]) == (None,) * 4
    assert re.findall(r'<td class="num">(.*?)</td>', row) == ["sin dato"] * 4


def test_what_may_be_shown_is_the_same_behind_every_door(in_the_evening, olga):
    workers_say(olga, 10, 9, 8, 7, 3)
    at_home = office().get("/api/v1/insights/home").json()["enps"]
    at_surveys = office().get("/api/v1/experience/scores").json()["wave"]["enps"]
    page = office().get("/office/").content.decode()
    row = re.search(r'<th scope="row">Trabajadores \(eNPS\)</th>(.*?)</tr>', page, re.S)[1]

    assert at_home == at_surveys
    assert (at_home["value"], at_home["n"], at_home["low"]) == (20, "5-9", None)
    assert re.findall(r'<td class="num">(.*?)</td>', row) == ["20", "sin dato", "sin dato", "5-9"]


@pytest.mark.parametrize("name", ["clara", "ana"])
def test_nobody_outside_the_office_reads_the_home(in_the_evening, clara, name):
    assert signed_in_client(name).get("/api/v1/insights/home").status_code == 404
    with pytest.raises(NotFound):
        home(clara)


def test_the_home_asks_the_database_the_same_number_of_times_however_much_there_is(
    in_the_evening, olga
):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            home(olga)
        return len([each for each in asked if "set_config" not in each["sql"]])

    before = count()
    customers_say(10, 9, 8, 3, 2)
    workers_say(olga, 10, 9, 8, 7, 3)

    assert count() == before <= 20


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "Cómo va Patitas"), ("pt-br", "Como vai Patitas"), ("en", "How Patitas is doing")],
)
def test_the_home_is_drawn_without_a_script_and_in_the_readers_language(
    in_the_evening, language, words
):
    page = office(language).get("/office/").content.decode()
    ours = re.search(r'<section class="oficio how-we-do">.*</section>', page, re.S)[0]

    assert words in page
    assert ours.count('<svg class="chart" role="img"') == 4
    assert "<script" not in ours
    assert " style=" not in ours
    assert "/static/oficio/office.css" in page


def test_the_owner_asks_workers_from_home(in_the_evening):
    workers(10)
    client = office()
    assert "Preguntar a todos los trabajadores" in client.get("/office/").content.decode()

    assert client.post("/office/voice/open/").url == "/office/"

    assert Wave.objects.get().closed is False
    assert "Se les pregunta a los trabajadores hasta el" in client.get("/office/").content.decode()


def test_too_few_workers_are_not_asked(in_the_evening):
    page = office().post("/office/voice/open/", follow=True).content.decode()

    assert "Con menos de 5 trabajadores" in page
    assert not Wave.objects.exists()


@pytest.mark.parametrize("name", ["clara", "ana"])
def test_nobody_outside_the_office_opens_a_wave(in_the_evening, name):
    workers(10)

    assert signed_in_client(name, strong=True).post("/office/voice/open/").status_code in (302, 404)
    assert not Wave.objects.exists()


def test_the_promise_page_and_the_home_page_show_the_same_figures(in_the_evening):
    promised = visitor().get("/promise/", follow=True).content.decode()
    front = visitor().get("/").content.decode()

    assert "83.8%" in promised
    assert "10 min" in promised
    assert "Calculado en este momento con 1 trabajo pagado." in promised
    assert "Pago justo, y lo puedes comprobar" in front


def test_before_the_first_job_the_promise_page_shows_no_figures(patitas):
    page = visitor().get("/promise/", follow=True).content.decode()

    assert "Todavía no hay cifras" in page
    assert "Pago justo, y lo puedes comprobar" not in visitor().get("/").content.decode()


def test_the_figures_of_a_small_world_are_exact_behind_every_door(in_the_evening, olga):
    for soon in (2, 0, 1):
        note_search(soon=soon)
    found = figures(olga, days=7)
    assert (found.now.outcome.confirmed, found.now.outcome.completed.count) == (1, 1)
    assert (found.before.outcome.confirmed, found.first_booking.happened) == (0, 1)

    api = signed_in_client("olga", strong=True).get("/api/v1/insights/figures?days=7").json()
    assert (api["days"], api["now"]["outcome"]["completed"]) == (7, {"count": 1, "of": 1})
    assert api["now"]["outcome"]["take_rate"] == found.now.outcome.take_rate
    assert api["first_job"]["happened"] == 1
    assert api["now"]["searches_with_a_slot_in_7_days"] == {"count": 2, "of": 3}
    assert api["before"]["searches_with_a_slot_in_7_days"] == {"count": 0, "of": 0}
    page = office().get("/office/figures/?days=7").content.decode()
    assert "1 reserva confirmada" in page
    assert page.count("<svg") >= 3
    liquid = page.split("Búsquedas con alguien libre en 7 días", 1)[1]
    assert [each in liquid[:200] for each in ("66.7%", ">3<")] == [True, True]


def test_a_period_of_another_length_is_refused(in_the_evening, olga):
    with pytest.raises(PeriodRefused):
        figures(olga, days=6)
    assert office().get("/office/figures/?days=6").status_code == 422
    api = signed_in_client("olga", strong=True).get("/api/v1/insights/figures?days=367")
    assert (api.status_code, api.json()["type"]) == (422, "figures.period")


def test_nobody_outside_the_office_has_figures(in_the_evening, clara):
    with pytest.raises(NotFound):
        figures(clara)
    assert signed_in_client("clara").get("/api/v1/insights/figures").status_code == 404
