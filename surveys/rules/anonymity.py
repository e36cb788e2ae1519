"""What may be shown of workers' answers so that nobody can work out who said what.

Fewer than k answers are never shown; what is hidden cannot be had by subtraction either, so the
hidden groups together are empty or could be shown themselves; a figure changes only by k answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from surveys.rules.scores import classes_of, nps_from_scores

K = 5
LABEL_10, EXACT_FROM = 10, 20


def suppress(groups: Mapping[str, int], k: int = K) -> dict[str, Any]:
    """Say which groups of a total may be shown by their number of answers."""
    filled = {name: n for name, n in groups.items() if n}
    if sum(filled.values()) < k:
        return {"total_shown": False, "shown": [], "hidden": sorted(groups), "no_data": []}
    hidden = {name for name, n in filled.items() if n < k}
    hidden |= _complement(filled, hidden, lambda names: sum(filled[name] for name in names) >= k)
    return {
        "total_shown": True,
        "shown": sorted(set(filled) - hidden),
        "hidden": sorted(hidden),
        "no_data": sorted(set(groups) - set(filled)),
    }


def _complement(sizes: Mapping[str, int], hidden: Iterable[str], safe: Any) -> set[str]:
    """Return what must be hidden too: the smallest visible groups, until the union is safe."""
    union, added = set(hidden), set[str]()
    visible = sorted(set(sizes) - union, key=lambda name: (sizes[name], name))
    while union and visible and not safe(union):
        smallest = visible.pop(0)
        union.add(smallest)
        added.add(smallest)
    return added


def unanimous(scores: Sequence[int | None], k: int = K) -> bool:
    """Tell whether few answers are all of one class, so that the score tells each of them."""
    counts = classes_of(scores)
    return sum(counts) < 2 * k and max(counts) == sum(counts)


def publish_scores(
    scores_by_group: Mapping[str, Sequence[int | None]], k: int = K, unanimity_guard: bool = True
) -> dict[str, Any]:
    """Return the score of each group and of all, or that it is hidden and by which rule."""
    given = {name: [s for s in scores if s is not None] for name, scores in scores_by_group.items()}
    filled = {name: scores for name, scores in given.items() if scores}

    def may_show(names: Iterable[str]) -> bool:
        union = [score for name in names for score in filled[name]]
        return len(union) >= k and not (unanimity_guard and unanimous(union, k))

    if not may_show(filled):
        return {"total": None, **{name: "hidden" if name in filled else None for name in given}}
    own = {name: _own_reason(scores, k, unanimity_guard) for name, scores in filled.items()}
    hidden = {name for name, reason in own.items() if reason}
    sizes = {name: len(scores) for name, scores in filled.items()}
    extra = _complement(sizes, hidden, may_show)
    result: dict[str, Any] = {
        "total": nps_from_scores([s for scores in filled.values() for s in scores])["score"]
    }
    for name in given:
        if name in hidden:
            result[name] = "hidden"
        elif name in extra:
            result[name] = "hidden_as_complement"
        else:
            result[name] = nps_from_scores(given[name])["score"]
    if hidden:
        result["reason"] = own[min(hidden)]
    return result


def _own_reason(scores: Sequence[int | None], k: int, unanimity_guard: bool) -> str | None:
    if len(scores) < k:
        return "min_group"
    return "unanimous" if unanimity_guard and unanimous(scores, k) else None


def may_publish(
    requested: Iterable[int], published: Mapping[str, Iterable[int]], k: int = K
) -> dict[str, Any]:
    """Say whether a new cut can be shown beside what was shown before (differencing)."""
    wanted = set(requested)
    if len(wanted) < k:
        return {"allowed": False, "reason": "min_group"}
    for name in sorted(published):
        before = set(published[name])
        apart = (len(wanted - before), len(before - wanted))
        if wanted & before and any(0 < people < k for people in apart):
            return {"allowed": False, "reason": f"differencing:{name}"}
    return {"allowed": True, "reason": "ok"}


def batch_release(arrivals: Iterable[Sequence[int]], k: int = K) -> dict[str, Any]:
    """Return how many answers are visible each day, when they appear k at a time at least."""
    visible = waiting = 0
    timeline = []
    for day, arrived in arrivals:
        waiting += arrived
        if waiting >= k:
            visible, waiting = visible + waiting, 0
        timeline.append({"day": day, "visible_n": visible})
    return {"timeline": timeline}


def leaking_atoms(
    atoms: Mapping[str, int], published: Sequence[Iterable[str]], k: int = K
) -> dict[str, Any]:
    """Name the small cells whose count follows from published sums (exact row-space audit)."""
    names = sorted(atoms)
    rows = [[Fraction(name in set(cells)) for name in names] for cells in published]
    rank = _rank(rows)
    leaking = [
        name
        for index, name in enumerate(names)
        if 0 < atoms[name] < k
        and _rank([*rows, [Fraction(i == index) for i in range(len(names))]]) == rank
    ]
    return {"leaking_atoms": leaking}


def _rank(rows: Sequence[Sequence[Fraction]]) -> int:
    matrix = [list(row) for row in rows]
    rank = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((r for r in range(rank, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        for other in range(rank + 1, len(matrix)):
            factor = matrix[other][column] / matrix[rank][column]
            matrix[other] = [
                x - factor * y for x, y in zip(matrix[other], matrix[rank], strict=True)
            ]
        rank += 1
    return rank


def display_n(n: int, k: int = K) -> str | int | None:
    """Return how a number of worker answers is shown: not at all, as a band, exactly from 20."""
    if n < k:
        return None
    if n < LABEL_10:
        return f"{k}-{LABEL_10 - 1}"
    return f"{max(k, LABEL_10)}-{EXACT_FROM - 1}" if n < EXACT_FROM else n
