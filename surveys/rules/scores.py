"""What answers say, and how surely: NPS, CSAT and CES with their intervals.

Formulas: NPS interval, adjusted Wald with three added answers (B. Rocks 2016, "Interval estimation
for the Net Promoter Score"); CSAT, Wilson 1927; Holm 1979. Nothing to compute is None, never 0.
"""

from collections.abc import Sequence
from math import atan, ceil, comb, cos, floor, pi, sin, sqrt
from statistics import NormalDist, fmean, stdev
from typing import Any

_NORMAL = NormalDist()
_Z95 = _NORMAL.inv_cdf(0.975)
PSEUDO_INTERVAL = 0.75
PSEUDO_CHANGE = 0.375


class InvalidScore(ValueError):
    """A score that is no whole number from 0 to 10."""

    code = "invalid_score"


def half_away_from_zero(value: float | None) -> int | None:
    """Round for display: 12.5 is 13, −12.5 is −13."""
    if value is None:
        return None
    return floor(value + 0.5) if value >= 0 else ceil(value - 0.5)


def classes_of(scores: Sequence[int | None]) -> tuple[int, int, int]:
    """Count promoters (9–10), passives (7–8) and detractors (0–6); None is a skipped question."""
    promoters = passives = detractors = 0
    for score in scores:
        if score is None:
            continue
        if isinstance(score, bool) or not isinstance(score, int) or not 0 <= score <= 10:
            raise InvalidScore(repr(score))
        promoters += score >= 9
        passives += score in (7, 8)
        detractors += score <= 6
    return promoters, passives, detractors


def nps(promoters: int, passives: int, detractors: int) -> dict[str, Any]:
    """Return the Net Promoter Score, −100 to 100: 100·(P − D)/n."""
    n = promoters + passives + detractors
    score = 100 * (promoters - detractors) / n if n else None
    return {
        "n": n,
        "promoters": promoters,
        "passives": passives,
        "detractors": detractors,
        "score": score,
        "display": half_away_from_zero(score),
    }


def nps_from_scores(scores: Sequence[int | None]) -> dict[str, Any]:
    """Return the Net Promoter Score of answers from 0 to 10."""
    return nps(*classes_of(scores))


def nps_interval(
    promoters: int, passives: int, detractors: int, confidence: float = 0.95
) -> dict[str, Any]:
    """Return the adjusted Wald interval, centred on the adjusted score and never of zero width."""
    n = promoters + passives + detractors
    z = _NORMAL.inv_cdf(0.5 + confidence / 2)
    centre, variance = _moments(promoters, detractors, n, PSEUDO_INTERVAL)
    error = sqrt(variance / (n + 4 * PSEUDO_INTERVAL))
    return {
        "n": n,
        "score": nps(promoters, passives, detractors)["score"],
        "adj_score": 100 * centre,
        "se": 100 * error,
        "moe": 100 * z * error,
        "lo": max(-100.0, 100 * (centre - z * error)),
        "hi": min(100.0, 100 * (centre + z * error)),
    }


def _moments(promoters: int, detractors: int, n: int, pseudo: float) -> tuple[float, float]:
    total = n + 4 * pseudo
    p, d = (promoters + pseudo) / total, (detractors + pseudo) / total
    return p - d, p + d - (p - d) ** 2


def nps_change(before: Sequence[int], after: Sequence[int]) -> dict[str, Any]:
    """Compare two periods, each [promoters, passives, detractors]; `p` is two-sided."""
    moments = [_moments(p, d, p + s + d, PSEUDO_CHANGE) for p, s, d in (before, after)]
    totals = [sum(period) + 4 * PSEUDO_CHANGE for period in (before, after)]
    error = sqrt(sum(v / total for (_, v), total in zip(moments, totals, strict=True)))
    difference = moments[1][0] - moments[0][0]
    z = difference / error
    raw = [nps(*period)["score"] for period in (before, after)]
    return {
        "diff": None if None in raw else raw[1] - raw[0],
        "adj_diff": 100 * difference,
        "se": 100 * error,
        "z": z,
        "p": 2 * (1 - _NORMAL.cdf(abs(z))),
        "lo": 100 * (difference - _Z95 * error),
        "hi": 100 * (difference + _Z95 * error),
    }


def nps_permutation_p(before: Sequence[int], after: Sequence[int]) -> float:
    """Return the exact two-sided p that both periods are one population, for small samples."""
    pooled = [b + a for b, a in zip(before, after, strict=True)]
    n_before, n_after = sum(before), sum(after)
    observed = abs((after[0] - after[2]) / n_after - (before[0] - before[2]) / n_before)
    ways = 0
    for p in range(max(0, n_after - pooled[1] - pooled[2]), min(pooled[0], n_after) + 1):
        for d in range(max(0, n_after - p - pooled[1]), min(pooled[2], n_after - p) + 1):
            rest = (pooled[0] - p) - (pooled[2] - d)
            difference = abs((p - d) / n_after - rest / n_before)
            if difference >= observed - 1e-12:
                ways += comb(pooled[0], p) * comb(pooled[2], d) * comb(pooled[1], n_after - p - d)
    return ways / comb(n_before + n_after, n_after)


def holm(p_values: Sequence[float], alpha: float = 0.05) -> dict[str, Any]:
    """Adjust p-values of one page for having tested several (step-down)."""
    adjusted = [0.0] * len(p_values)
    running = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = running
    return {"adjusted": adjusted, "significant": [p <= alpha for p in adjusted]}


def wilson(successes: int, n: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, from 0 to 1."""
    if not n:
        return None
    share, z2 = successes / n, _Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def csat_interval(satisfied: int, n: int) -> dict[str, Any]:
    """Return the share of satisfied answers in per cent, with its Wilson interval."""
    bounds = wilson(satisfied, n)
    return {
        "csat_pct": 100 * satisfied / n if n else None,
        "lo_pct": 100 * bounds[0] if bounds else None,
        "hi_pct": 100 * bounds[1] if bounds else None,
    }


def csat(ratings: Sequence[int | None]) -> dict[str, Any]:
    """Return the share of 4 and 5 on a scale from 1 to 5; None is a skipped question."""
    given = [rating for rating in ratings if rating is not None]
    satisfied = sum(rating >= 4 for rating in given)
    return {
        "n": len(given),
        "satisfied": satisfied,
        "csat_pct": 100 * satisfied / len(given) if given else None,
        "mean": fmean(given) if given else None,
    }


def ces(scores: Sequence[int | None]) -> dict[str, Any]:
    """Return the mean effort score from 1 to 7, its Student interval, and the share of 5 to 7."""
    given = [score for score in scores if score is not None]
    n = len(given)
    mean = fmean(given) if given else None
    half = None
    if mean is not None and n >= 2:
        half = student_t(n - 1) * stdev(given) / sqrt(n)
    return {
        "n": n,
        "mean": mean,
        "easy_pct": 100 * sum(score >= 5 for score in given) / n if n else None,
        "mean_lo": None if mean is None or half is None else max(1.0, mean - half),
        "mean_hi": None if mean is None or half is None else min(7.0, mean + half),
    }


def student_t(freedom: int) -> float:
    """Return the 97.5 % point of Student's t, by bisection on its distribution function."""
    low, high = 0.0, 1000.0
    for _ in range(200):
        middle = (low + high) / 2
        if _student_cdf(middle, freedom) < 0.975:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _student_cdf(t: float, freedom: int) -> float:
    """Integrate the density exactly: finite sums exist for whole degrees of freedom (A&S 26.7)."""
    theta = atan(t / sqrt(freedom))
    if freedom % 2:
        series, term = 0.0, cos(theta)
        for k in range(1, (freedom - 1) // 2 + 1):
            series += term
            term *= cos(theta) ** 2 * (2 * k) / (2 * k + 1)
        area = 2 / pi * (theta + sin(theta) * series)
    else:
        series, term = 0.0, 1.0
        for k in range(1, freedom // 2 + 1):
            series += term
            term *= cos(theta) ** 2 * (2 * k - 1) / (2 * k)
        area = sin(theta) * series
    return 0.5 + area / 2


def response_rate(
    *, delivered: int, opened: int, partial: int, completed: int, **ledger: int
) -> dict[str, Any]:
    """Return response rates over what was delivered; what never arrived is in no denominator."""

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    return {
        "denominator": delivered,
        "response_rate_complete": share(completed, delivered),
        "response_rate_with_partials": share(completed + partial, delivered),
        "open_rate": share(opened, delivered),
        "completion_of_starters": share(completed, completed + partial),
    }
