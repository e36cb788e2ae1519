"""The pages and the API of surveys: looking stores nothing, sending stores once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from kernel import clock
from surveys.actions.answer import answer
from surveys.actions.count_wave import count_wave
from surveys.actions.speak import speak
from surveys.models import Answer, Invitation, WaveInvite, WaveStaged
from surveys.queries import wave_scores
from tenants.support.models import Case
from tests.support.worlds import signed_in_client
from tests.surveys.conftest import codes

HOST = {"host": "patitas.localhost", "accept-language": "es"}


@pytest.fixture
def visitor():
    """Somebody who has not signed in, with a browser in Spanish."""
    return Client(headers=HOST)


def address(asked):
    return f"/s/{asked.token}/"


def test_eleven_links_opened_store_nothing(visitor, clara_is_asked_about_us):
    before = Invitation.objects.values().get()
    for tapped in range(11):
        page = visitor.get(address(clara_is_asked_about_us), {"q": tapped})
        assert page.status_code == 200
        assert re.search(rf'value="{tapped}" checked', page.content.decode())
        assert visitor.head(address(clara_is_asked_about_us)).status_code == 200

    assert Invitation.objects.values().get() == before
    assert (Answer.objects.count(), Case.objects.count()) == (0, 0)


def test_sending_stores_thanks_and_may_be_changed(visitor, clara_is_asked):
    sent = visitor.post(
        address(clara_is_asked), {"score": "2", "stages": ["travel"], "text": "Tarde"}
    )

    assert (sent.status_code, sent.url) == (302, f"{address(clara_is_asked)}?thanks")
    given = Answer.objects.get()
    assert (given.value, given.stages, given.text, given.language) == (2, ["travel"], "Tarde", "es")
    thanks = visitor.get(sent.url).content.decode()
    assert "¡Gracias!" in thanks
    assert "Una persona del equipo te va a buscar." in thanks

    edit = visitor.get(address(clara_is_asked), {"edit": ""}).content.decode()
    assert 'value="2" checked' in edit
    assert "Tarde" in edit
    visitor.post(address(clara_is_asked), {"score": "5", "text": ""})
    assert (Answer.objects.get().value, Answer.objects.get().stages) == (5, [])


@pytest.mark.parametrize(
    "sent", [{}, {"score": "6"}, {"score": "x"}, {"score": "2", "stages": "?"}]
)
def test_what_makes_no_sense_is_shown_beside_the_field(visitor, clara_is_asked, sent):
    page = visitor.post(address(clara_is_asked), {**sent, "text": "Se queda aquí"})

    assert page.status_code == 422
    assert "Se queda aquí" in page.content.decode()
    assert not Answer.objects.exists()


def test_an_expired_link_is_answered_politely(visitor, clara_is_asked):
    late = clara_is_asked.expires_at + timedelta(minutes=1)
    with clock.travelling_to(late):
        page = visitor.get(address(clara_is_asked))
        sent = visitor.post(address(clara_is_asked), {"score": "1"})

    assert page.status_code == 200
    assert "Esta encuesta ya terminó" in page.content.decode()
    assert sent.status_code == 409
    assert not Answer.objects.exists()


def test_after_a_day_the_answer_stays(visitor, clara_is_asked):
    answer(token=clara_is_asked.token, score=4)
    with clock.travelling_to(clock.now() + timedelta(hours=25)):
        page = visitor.get(address(clara_is_asked), {"edit": ""}).content.decode()
        sent = visitor.post(address(clara_is_asked), {"score": "1"})

    assert '<form class="card' not in page
    assert sent.status_code == 409
    assert Answer.objects.get().value == 4


def test_a_made_up_token_is_not_found(visitor, patitas):
    assert visitor.get(f"/s/{'0' * 32}/").status_code == 404


def test_the_token_of_one_tenant_means_nothing_at_another(clara_is_asked, lar_limpo):
    next_door = Client(headers={"host": "lar-limpo.localhost"})

    assert next_door.get(address(clara_is_asked)).status_code == 404
    assert next_door.post(address(clara_is_asked), {"score": "1"}).status_code == 404
    assert not Answer.objects.exists()


@pytest.mark.parametrize("path", ["/voice/", None])
def test_pages_are_small_unindexed_and_carry_no_script_of_others(
    visitor, clara_is_asked, ten_are_asked, path
):
    page = visitor.get(path or address(clara_is_asked))
    html = page.content.decode()

    assert len(page.content) <= 20_000
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert not re.search(r"<script(?! src=\"/static/surveys/voice.js\")", html)
    assert not re.search(r"(src|href)=\"(https?:)?//", html)


def test_a_worker_answers_by_code_and_no_page_tells_which(visitor, ten_are_asked):
    code = codes(ten_are_asked)[0]
    before = WaveInvite.objects.filter(done=True).count()
    assert visitor.get("/voice/").status_code == 200
    assert WaveInvite.objects.filter(done=True).count() == before == 0

    sent = visitor.post("/voice/", {"code": f" {code.upper()} ", "score": "9"})

    assert (sent.status_code, sent.url) == (302, "/voice/thanks/")
    assert WaveStaged.objects.count() == 1
    assert WaveInvite.objects.filter(done=True).count() == 1
    thanks = visitor.get(sent.url).content.decode()
    assert code not in thanks
    assert visitor.get(sent.url).status_code == 200


def test_a_used_or_unknown_code_is_explained_and_stores_nothing(visitor, ten_are_asked):
    code = codes(ten_are_asked)[0]
    speak(code=code, score=9)

    again = visitor.post("/voice/", {"code": code, "score": "0"})
    unknown = visitor.post("/voice/", {"code": "nada", "score": "0"})

    assert (again.status_code, unknown.status_code) == (422, 422)
    assert "Este código ya se usó." in again.content.decode()
    assert "No conocemos este código." in unknown.content.decode()
    assert WaveStaged.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_through_the_page_too_answer_and_invite_are_written_apart(visitor, ten_are_asked):
    for code in codes(ten_are_asked):
        assert visitor.post("/voice/", {"code": code, "score": "8"}).status_code == 302

    with connection.cursor() as cursor:
        cursor.execute("select xmin::text from surveys_wavestaged")
        staged = {row[0] for row in cursor.fetchall()}
        cursor.execute("select xmin::text from surveys_waveinvite where done")
        invites = {row[0] for row in cursor.fetchall()}
    assert (len(staged), len(invites)) == (10, 10)
    assert staged.isdisjoint(invites)


def test_without_a_wave_the_page_says_so(visitor, patitas):
    assert "Ahora no hay ninguna encuesta abierta" in visitor.get("/voice/").content.decode()


def test_programs_answer_like_people(visitor, clara_is_asked):
    url = f"/api/v1/surveys/{clara_is_asked.token}"
    shown = visitor.get(url).json()
    sent = visitor.post(url, {"score": 1, "text": "Mal"}, content_type="application/json")

    assert (shown["survey"], shown["lowest"], shown["highest"], shown["open"], shown["score"]) == (
        "csat_booking",
        1,
        5,
        True,
        None,
    )
    assert (sent.status_code, sent.json()["score"]) == (200, 1)
    assert Case.objects.get().priority == "P2"


@pytest.mark.parametrize(
    ("sent", "code"),
    [({"score": 9}, "survey.off_scale"), ({"score": 5, "user": 1}, "invalid"), ({}, "invalid")],
)
def test_programs_are_told_what_is_wrong(visitor, clara_is_asked, sent, code):
    url = f"/api/v1/surveys/{clara_is_asked.token}"
    said = visitor.post(url, sent, content_type="application/json")

    assert (said.status_code, said.json()["type"]) == (422, code)
    assert not Answer.objects.exists()


def test_the_office_reads_scores_suppressed_like_everywhere(ten_are_asked):
    for code in codes(ten_are_asked)[:5]:
        speak(code=code, score=10)
    count_wave(wave_id=ten_are_asked.pk)
    said = signed_in_client("olga", strong=True).get("/api/v1/experience/scores").json()

    hidden = {"value": None, "low": None, "high": None, "n": None, "note": "hidden"}
    assert said["wave"]["enps"] == hidden
    assert wave_scores().total.note == "hidden"
    assert said["nps"] == {"value": None, "low": None, "high": None, "n": 0, "note": "no_data"}


@pytest.mark.parametrize("name", ["clara", "w1"])
def test_nobody_else_reads_scores(ten_are_asked, clara, name):
    assert signed_in_client(name).get("/api/v1/experience/scores").status_code == 404


def test_strangers_are_asked_to_sign_in_for_scores(visitor, patitas):
    assert visitor.get("/api/v1/experience/scores").status_code == 401
