"""Every text people read exists in every language, with the same places to fill in."""

import pytest

from config.texts import (
    FLOORS,
    LANGUAGES,
    ROOT,
    missing,
    our_catalogues,
    placeholders,
    read_catalogue,
    texts_of,
)

BUILT = [floor for floor in FLOORS if (ROOT / floor / "__init__.py").exists()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("floor", BUILT)
def test_every_text_of_a_floor_is_translated(floor, language):
    assert missing(floor, language) == []


@pytest.mark.parametrize("path", our_catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_catalogue_says_its_language_and_guesses_nothing(path):
    written = read_catalogue(path, path.parents[1].name)

    assert str(written.locale) == path.parents[1].name
    assert [message.id for message in written if message.id and message.fuzzy] == []


def test_texts_are_found_in_templates_in_code_and_in_refusals():
    found = {text.key for floor in ("config", "kernel") for text in texts_of(floor)}

    assert {
        (None, "Skip to the content"),
        ("state", "Confirmed"),
        (None, "We could not find that."),
    } <= found


def test_a_plural_keeps_the_places_of_its_plural_form():
    review = next(text for text in texts_of("config") if text.plural)

    assert (review.key[1], placeholders(review)) == ("%(count)s review", {"%(count)s"})
