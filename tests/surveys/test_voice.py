"""What workers say cannot be traced to them: not in the database, not in any figure."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

from kernel import clock
from kernel.errors import NotAllowed
from surveys.actions.close_wave import close_wave
from surveys.actions.count_wave import PrivateKeyMissing, count_wave
from surveys.actions.open_wave import open_wave
from surveys.actions.speak import speak
from surveys.models import Wave, WaveAnswer, WaveInvite, WaveStaged
from surveys.queries import voice_code_for, wave_scores
from surveys.rules.surveys import (
    AlreadyDone,
    CodeUnknown,
    ScoreOffScale,
    TooFewWorkers,
    WaveClosed,
    WaveOpen,
)
from tenants.messaging.models import Notification
from tests.surveys.conftest import codes, workers

ROOT = Path(__file__).resolve().parents[2]


def say(wave, scores):
    for code, score in zip(codes(wave), scores, strict=False):
        speak(code=code, score=score)


def transaction_ids(table):
    with connection.cursor() as cursor:
        cursor.execute(f"select xmin::text from {table}")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_ties_an_answer_to_whoever_gave_it(ten_are_asked):
    asked_in = set(transaction_ids("surveys_waveinvite"))
    say(ten_are_asked, range(10))

    invites, staged = (transaction_ids(f"surveys_wave{name}") for name in ("invite", "staged"))
    assert (len(set(invites)), len(set(staged))) == (10, 10)
    assert set(invites).isdisjoint(staged)
    assert asked_in.isdisjoint(invites)

    assert count_wave(wave_id=ten_are_asked.pk) == 10

    invites, answers = (transaction_ids(f"surveys_wave{name}") for name in ("invite", "answer"))
    assert (len(invites), len(set(invites))) == (10, 1)
    assert (len(answers), len(set(answers))) == (10, 1)
    assert set(invites).isdisjoint(answers)
    assert not WaveStaged.objects.exists()
    assert sorted(WaveAnswer.objects.values_list("value", flat=True)) == list(range(10))
    assert WaveInvite.objects.filter(done=True).count() == 10


@pytest.mark.django_db(transaction=True)
def test_the_order_of_rows_says_nothing_either(ten_are_asked):
    said = list(range(10))
    say(ten_are_asked, said)
    before = list(WaveInvite.objects.order_by("pk").values_list("pk", flat=True))
    count_wave(wave_id=ten_are_asked.pk)

    def stored(table, column):
        with connection.cursor() as cursor:
            cursor.execute(f"select {column} from {table} order by ctid")
            return [row[0] for row in cursor.fetchall()]

    assert stored("surveys_waveanswer", "value") != said
    assert stored("surveys_waveinvite", "id") != before


def test_a_staged_answer_holds_no_readable_score_and_all_look_alike(ten_are_asked):
    say(ten_are_asked, [7, 7, 10])

    sealed = [bytes(each.sealed) for each in WaveStaged.objects.all()]
    assert len(set(sealed)) == 3
    assert {len(each) for each in sealed} == {1 + 32 + 96 + 16}
    assert all(b"score" not in each for each in sealed)


def test_the_tables_know_no_time_and_answers_no_person():
    fields = {
        model.__name__: {field.name for field in model._meta.get_fields()}
        for model in (WaveInvite, WaveStaged, WaveAnswer)
    }

    assert fields == {
        "WaveInvite": {"id", "tenant", "wave", "member", "code_hash", "group", "done"},
        "WaveStaged": {"id", "tenant", "wave", "sealed"},
        "WaveAnswer": {"id", "tenant", "wave", "group", "value"},
    }


def test_only_one_function_reads_answers():
    readers = [
        path.relative_to(ROOT).as_posix()
        for floor in ("surveys", "insights", "config")
        for path in (ROOT / floor).rglob("*.py")
        if "migrations" not in path.parts
        and re.search(r"WaveAnswer\.objects\.(?!bulk_create)", path.read_text())
    ]

    assert readers == ["surveys/queries.py"]
    assert (ROOT / "surveys/queries.py").read_text().count("WaveAnswer.objects") == 1


def test_answers_are_append_only_for_the_application(ten_are_asked):
    assert WaveAnswer.rights == "select, insert"


def test_fewer_than_five_wait_to_be_counted(ten_are_asked):
    say(ten_are_asked, [10, 9, 0, 3])

    assert count_wave(wave_id=ten_are_asked.pk) == 0
    assert (WaveStaged.objects.count(), WaveAnswer.objects.count()) == (4, 0)
    assert wave_scores().total.note == "no_data"


def test_what_is_left_at_the_close_joins_the_next_wave(ten_are_asked, olga):
    say(ten_are_asked, [10, 9, 0])
    close_wave(wave_id=ten_are_asked.pk)
    second = open_wave(by=olga)
    say(second, [10, 10])

    assert count_wave(wave_id=second.pk) == 5
    assert wave_scores().number == 2


def test_five_answers_show_a_score_a_band_and_no_interval(ten_are_asked):
    say(ten_are_asked, [10, 9, 8, 7, 3])
    count_wave(wave_id=ten_are_asked.pk)

    total = wave_scores().total
    assert (total.value, total.n, total.low, total.high) == (20, "5-9", None, None)


def test_ten_answers_show_an_interval(ten_are_asked):
    say(ten_are_asked, [10, 9, 8, 7, 3, 10, 10, 9, 9, 0])
    count_wave(wave_id=ten_are_asked.pk)

    total = wave_scores().total
    assert (total.value, total.n) == (40, "10-19")
    assert total.low < 40 < total.high


def test_six_of_one_mind_are_hidden(ten_are_asked):
    say(ten_are_asked, [10, 10, 9, 9, 10, 9])
    count_wave(wave_id=ten_are_asked.pk)

    total = wave_scores().total
    assert (total.value, total.n, total.note) == (None, None, "hidden")


def test_a_figure_moves_by_five_answers_at_least(ten_are_asked):
    say(ten_are_asked, [10, 9, 8, 7, 3])
    count_wave(wave_id=ten_are_asked.pk)
    before = wave_scores().total
    for code in codes(ten_are_asked)[5:9]:
        speak(code=code, score=0)
    count_wave(wave_id=ten_are_asked.pk)

    assert wave_scores().total == before


def test_a_code_counts_once(ten_are_asked):
    code = codes(ten_are_asked)[0]
    speak(code=code, score=10)
    with pytest.raises(AlreadyDone):
        speak(code=code, score=0)

    assert WaveStaged.objects.count() == 1


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_off_the_scale_is_refused(ten_are_asked, score):
    with pytest.raises(ScoreOffScale):
        speak(code=codes(ten_are_asked)[0], score=score)

    assert not WaveStaged.objects.exists()


def test_an_unknown_code_is_refused(ten_are_asked):
    with pytest.raises(CodeUnknown):
        speak(code="0" * 32, score=10)

    assert not WaveStaged.objects.exists()


def test_a_wave_closes_after_ten_days(ten_are_asked):
    late = ten_are_asked.closes_at + timedelta(seconds=1)
    assert ten_are_asked.closes_at - timedelta(days=10) <= clock.now()
    with clock.travelling_to(late), pytest.raises(WaveClosed):
        speak(code=codes(ten_are_asked)[0], score=10)

    close_wave(wave_id=ten_are_asked.pk)
    with pytest.raises(WaveClosed):
        speak(code=codes(ten_are_asked)[0], score=10)
    assert not WaveStaged.objects.exists()


def test_one_wave_at_a_time(ten_are_asked, olga):
    with pytest.raises(WaveOpen):
        open_wave(by=olga)

    assert Wave.objects.count() == 1


def test_four_workers_cannot_be_asked_in_confidence(patitas, olga):
    workers(4)
    with pytest.raises(TooFewWorkers):
        open_wave(by=olga)

    assert (Wave.objects.count(), WaveInvite.objects.count()) == (0, 0)


def test_only_the_owner_opens_a_wave(patitas, clara):
    workers(5)
    with pytest.raises(NotAllowed):
        open_wave(by=clara)

    assert not Wave.objects.exists()


def test_each_worker_is_told_a_code_of_their_own(ten_are_asked):
    told = Notification.objects.filter(notice="surveys.voice")
    sent = {each.to_id: each.values["code"] for each in told}

    assert len(set(sent.values())) == 10
    assert all(voice_code_for(member_id) == code for member_id, code in sent.items())
    assert set(sent.values()) == set(codes(ten_are_asked))


def test_without_the_private_key_nothing_can_be_counted(ten_are_asked):
    say(ten_are_asked, range(6))
    with override_settings(WAVE_PRIVATE_KEY=""), pytest.raises(PrivateKeyMissing):
        count_wave(wave_id=ten_are_asked.pk)

    assert (WaveStaged.objects.count(), WaveAnswer.objects.count()) == (6, 0)
