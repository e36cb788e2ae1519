"""What `bin/bench` offers and how it reports. Nothing is measured here."""

import json
import subprocess
import sys

import pytest

from bench.figures import Figure

NAMES = {"booking", "handover", "ledger", "money", "search", "tenants"}


def figure(*, value: float, goal: float | None, better: str = "lower") -> Figure:
    return Figure(
        name="a search", value=value, unit="ratio", goal=goal, better=better, n=9, command="bin/b"
    )


def test_help_names_every_measurement():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--help"], capture_output=True, text=True, check=True
    )
    named = done.stdout.split("{", 1)[1].split("}", 1)[0]
    assert set(named.split(",")) == NAMES
    assert "--json" in done.stdout


def test_a_figure_as_json_says_exactly_what_programs_read():
    assert json.loads(figure(value=1.04, goal=1.1).as_json()) == {
        "name": "a search",
        "value": 1.04,
        "unit": "ratio",
        "goal": 1.1,
        "better": "lower",
        "n": 9,
        "command": "bin/b",
    }


@pytest.mark.parametrize(
    ("value", "goal", "better", "met", "said"),
    [
        (1.1, 1.1, "lower", True, "goal ≤ 1.1  met"),
        (1.2, 1.1, "lower", False, "goal ≤ 1.1  MISSED"),
        (0.5, 0.5, "higher", True, "goal ≥ 0.5  met"),
        (0.4, 0.5, "higher", False, "goal ≥ 0.5  MISSED"),
        (0.4, None, "higher", None, "0.400 ratio   "),
    ],
)
def test_a_goal_is_met_from_its_better_side(value, goal, better, met, said):
    made = figure(value=value, goal=goal, better=better)
    assert made.met is met
    assert made.as_text().endswith(f" {said}  (n=9)")
