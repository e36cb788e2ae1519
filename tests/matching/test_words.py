"""From what people type to what the index is asked."""

import pytest

from marketplace.matching.rules.words import MOST_WORDS, searched, text_query, words


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("algo para mi perro", ["algo", "perro"]),
        ("Necesito alguien que limpie mi casa", ["limpie", "casa"]),
        ("Preciso de uma faxina na minha casa", ["faxina", "casa"]),
        ("a walk for my dog", ["walk", "dog"]),
        ("para mí", []),
        ("", []),
        ("¿?", []),
    ],
)
def test_little_words_are_dropped_in_three_languages(typed, left):
    assert searched(typed) == left


def test_the_last_word_that_is_left_is_the_unfinished_one():
    assert text_query("perro para mi") == "perro:*"
    assert text_query("paseo de per") == "paseo & per:*"
    assert text_query("paseo de per", relaxed=True) == "paseo | per:*"
    assert text_query("de la") == ""


def test_texts_keep_their_little_words_and_long_searches_are_cut():
    assert words("Paseo de perros") == ["paseo", "de", "perro"]
    assert len(searched(" ".join(f"cosa{number}" for number in range(20)))) == MOST_WORDS


def test_accents_are_folded_on_both_sides():
    assert words("JARDINERÍA") == words("jardineria") == ["jardineria"]
    assert words("ação à mão") == ["acao", "a", "mao"]
