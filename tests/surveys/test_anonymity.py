"""Nobody can work out who said what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.anonymity import (
    batch_release,
    display_n,
    leaking_atoms,
    may_publish,
    publish_scores,
    suppress,
)

groups = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 30))


@pytest.mark.parametrize(
    ("sizes", "shown", "hidden"),
    [
        ({"Sales": 4, "Technology": 9}, [], ["Sales", "Technology"]),
        ({"A": 3, "B": 6, "direct": 4}, ["B"], ["A", "direct"]),
        ({"b": 5, "a": 5, "c": 2}, ["b"], ["a", "c"]),
        ({"A": 3, "B": 6, "C": 0}, [], ["A", "B"]),
    ],
)
def test_what_is_hidden_cannot_be_had_by_subtraction(sizes, shown, hidden):
    result = suppress(sizes)

    assert (result["total_shown"], result["shown"], result["hidden"]) == (True, shown, hidden)


def test_below_five_in_all_nothing_is_shown():
    assert suppress({"A": 2, "B": 2})["total_shown"] is False


@given(groups)
def test_hidden_groups_together_could_be_shown_or_there_are_none(sizes):
    result = suppress(sizes)
    union = sum(sizes[name] for name in result["hidden"])

    assert not result["total_shown"] or union == 0 or union >= 5
    assert all(sizes[name] >= 5 for name in result["shown"])


def test_few_answers_of_one_kind_are_hidden_and_so_is_their_complement():
    result = publish_scores({"norte": [0, 1, 2, 3, 4, 5], "sur": [9, 9, 10, 8, 7, 6, 10, 9]})

    assert result["total"] == pytest.approx(-14.2857142857)
    assert (result["norte"], result["sur"]) == ("hidden", "hidden_as_complement")
    assert result["reason"] == "unanimous"


def test_large_enough_groups_are_shown():
    result = publish_scores({"norte": [10, 9, 8, 6, 10, 7], "sur": [3, 9, 10, 10, 9]})

    assert result["norte"] == pytest.approx(33.3333333333)
    assert (result["sur"], result["total"]) == (60.0, pytest.approx(45.4545454545))


def test_a_filter_that_leaves_three_out_is_refused():
    everyone = {"all": range(1, 13)}

    assert may_publish(range(1, 10), everyone) == {"allowed": False, "reason": "differencing:all"}
    assert may_publish(range(1, 5), everyone) == {"allowed": False, "reason": "min_group"}
    assert may_publish(range(1, 8), everyone) == {"allowed": True, "reason": "ok"}


def test_results_change_by_five_answers_at_least():
    arrivals = [[1, 2], [2, 2], [3, 1], [4, 1], [5, 3], [6, 0], [7, 1], [8, 9]]

    visible = [day["visible_n"] for day in batch_release(arrivals)["timeline"]]

    assert visible == [0, 0, 5, 5, 5, 5, 10, 19]


def test_two_marginals_do_not_give_the_small_cell_away_but_three_cells_do():
    atoms = {"MX/l": 6, "MX/m": 7, "BO/l": 8, "BO/m": 2}
    margins = [list(atoms), ["MX/l", "MX/m"], ["MX/l", "BO/l"]]

    assert leaking_atoms(atoms, margins) == {"leaking_atoms": []}
    assert leaking_atoms(atoms, [*margins, ["MX/l"]]) == {"leaking_atoms": ["BO/m"]}


@pytest.mark.parametrize(
    ("n", "shown"), [(4, None), (5, "5-9"), (9, "5-9"), (10, "10-19"), (19, "10-19"), (20, 20)]
)
def test_numbers_of_answers_are_shown_in_bands(n, shown):
    assert display_n(n) == shown
