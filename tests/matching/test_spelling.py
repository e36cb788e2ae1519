"""Did you mean: the nearest word of the marketplace's own, and never one that is far."""

import pytest
from django.test import Client

from kernel import clock
from marketplace.matching.rules.spelling import distance, meant, vocabulary
from tests.support.worlds_market import NOW

KNOWN = vocabulary(["Paseo de perro 60 min", "Baño y cepillado", "Adiestramiento", "Dog walk"])


def test_a_vocabulary_keeps_how_words_are_written():
    assert KNOWN["bano"] == "baño"
    assert not {"de", "y", "60"} & KNOWN.keys()


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("paseo", "paseo", 0),
        ("pasoe", "paseo", 1),
        ("pase", "paseo", 1),
        ("passeo", "paseo", 1),
        ("posea", "paseo", 2),
        ("perro", "gatos", 3),
        ("cepillado", "ce", 3),
    ],
)
def test_a_distance_counts_wrong_missing_extra_and_swapped_letters(one, other, wrong):
    assert distance(one, other, 2) == distance(other, one, 2) == wrong


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("pasoe", "paseo"),
        ("pasoe de perro", "paseo perro"),
        ("vano y cepilado", "baño cepillado"),
        ("adiestramento", "adiestramiento"),
        ("paseo", ""),
        ("adies", ""),
        ("xyz", ""),
        ("mariposa", ""),
        ("6060", ""),
        ("", ""),
    ],
)
def test_unknown_words_become_the_nearest_known_ones(typed, suggested):
    assert meant(typed, KNOWN) == suggested


def test_the_page_and_programs_are_told_what_may_have_been_meant(ana_works):
    stranger = Client(headers={"host": "patitas.localhost", "accept-language": "es"})
    with clock.travelling_to(NOW):
        page = stranger.get("/search/?q=pasoe&sort=newest").content.decode()
        assert 'href="/search/?q=paseo&amp;sort=newest">paseo</a>' in page
        told = stranger.get("/api/v1/search?q=pasoe").json()
        assert (told["total"], told["did_you_mean"]) == (0, "paseo")
        assert stranger.get("/api/v1/search?q=paseo").json()["did_you_mean"] == ""
        assert stranger.get("/api/v1/search?q=gitarra").json()["did_you_mean"] == ""


def test_a_service_is_found_by_its_name_in_another_language_and_shown_in_the_readers(ana_works):
    with clock.travelling_to(NOW):
        reader = Client(headers={"host": "patitas.localhost", "accept-language": "en"})
        for typed in ("dog walk", "passeio", "paseo"):
            (row,) = reader.get(f"/api/v1/search?q={typed}").json()["items"]
            assert row["worker_slug"] == "ana-p"
        assert row["service_name"].lower().startswith(("dog walk", "60"))
