"""The reference says what the code does."""

import pytest

from config.management.commands.reference import FOLDER
from config.reference import pages, word

WRITTEN = pages()


@pytest.mark.parametrize("name", WRITTEN)
def test_the_reference_is_up_to_date(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == WRITTEN[name], "run: bin/manage reference"


def test_it_knows_who_may_enter():
    rows = {
        tuple(cell.strip() for cell in line.strip("|").split("|"))[:2]
        for line in WRITTEN["routes.md"].splitlines()
        if line.startswith("| `")
    }
    assert {
        ("`/messages/`", "signed in"),
        ("`/office/cases/`", "office"),
        ("`/wallet/`", "worker"),
        ("`/search/`", "anyone"),
    } <= rows


def test_it_knows_a_step_an_event_and_a_refusal():
    assert "| contacted | resolve | resolved |" in WRITTEN["states.md"]
    assert "| `support.case_opened` |" in WRITTEN["events.md"]
    assert "| `case.cause_missing` | 422 |" in WRITTEN["refusals.md"]
    assert word(None) == "—"
