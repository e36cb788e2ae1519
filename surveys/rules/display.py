"""What of a score may be shown, and with which caution: one answer for pages, API and charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from surveys.rules.anonymity import LABEL_10, K, display_n, publish_scores
from surveys.rules.scores import classes_of, half_away_from_zero, nps_interval, wilson

COUNT_ONLY_BELOW, SMALL_BELOW = 5, 10

Note = Literal["", "no_data", "count_only", "small_sample", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score as anybody may see it: a value with its interval, or why there is none.

    `n` is a count, for workers' answers below 20 only a band, below k nothing.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | str | None = 0
    note: Note = "no_data"


def nps_shown(scores: Sequence[int]) -> Score:
    """Return customers' NPS: a count below 5 answers, marked as small below 10."""
    n = len(scores)
    if n < COUNT_ONLY_BELOW:
        return Score(n=n, note="count_only" if n else "no_data")
    found = nps_interval(*classes_of(scores))
    return Score(
        value=found["score"], low=found["lo"], high=found["hi"], n=n, note=_small_sample(n)
    )


def csat_shown(values: Sequence[int]) -> Score:
    """Return the per cent of answers of 4 or 5, with Wilson's interval."""
    n, content = len(values), sum(value >= 4 for value in values)
    interval = wilson(content, n)
    if n < COUNT_ONLY_BELOW or interval is None:
        return Score(n=n, note="count_only" if n else "no_data")
    low, high = (100 * end for end in interval)
    return Score(value=100 * content / n, low=low, high=high, n=n, note=_small_sample(n))


def _small_sample(n: int) -> Note:
    return "small_sample" if n < SMALL_BELOW else ""


def enps_shown(by_group: dict[str, Sequence[int]], k: int = K) -> tuple[Score, dict[str, Score]]:
    """Return workers' eNPS in total and by group, suppressed so that nobody can be worked out.

    Whole numbers and bands of n only; an interval, which tells the three classes, from ten on.
    """
    published = publish_scores(by_group, k=k)
    everybody = [score for scores in by_group.values() for score in scores]
    total = _of_workers(everybody, published["total"], k)
    groups = {
        name: _of_workers(scores, published.get(name), k) for name, scores in by_group.items()
    }
    return total, groups


def _of_workers(scores: Sequence[int], score: object, k: int) -> Score:
    if not isinstance(score, int | float):
        return Score(n=None, note="hidden" if scores else "no_data")
    value, n = half_away_from_zero(score), len(scores)
    if n < LABEL_10:
        return Score(value=value, n=display_n(n, k), note="small_sample")
    found = nps_interval(*classes_of(scores))
    return Score(
        value=value,
        low=half_away_from_zero(found["lo"]),
        high=half_away_from_zero(found["hi"]),
        n=display_n(n, k),
        note="",
    )
