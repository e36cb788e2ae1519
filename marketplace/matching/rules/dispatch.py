"""Whom a job is offered to, in which order and why: from the facts alone, so that it replays.

Who breaks a hard rule is not asked, and the rule is named. The others are scored as Σ w·f; within
a narrow band of scores those who were asked least go first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum

BAND = 0.05  # Scores this near to each other are as good as the same: people take turns.
FAR_KM = 20.0  # What counts as far for somebody who named no circle.
BEST_RATING = 5.0
MOST_REASONS = 3
JUST = 1e-9
LISTS = "list"


class Barrier(StrEnum):
    """A hard rule that keeps a job from somebody, in the order in which they are looked at."""

    BOOKABLE = "bookable"
    SERVICE = "service"
    CERTIFICATES = "certificates"
    BLOCK = "pair_block"
    LANGUAGE = "language"
    AREA = "area"
    PRICE = "price"
    SLOT = "slot"
    CAPS = "caps"
    REST = "rest"
    QUIET = "quiet_hours"
    DECLINED = "declined"


class Factor(StrEnum):
    """What counts."""

    DISTANCE = "distance"
    RATING = "rating"
    PREFERENCE = "preference"
    FAIR_SHARE = "fair_share"


WEIGHTS: Mapping[str, float] = {
    Factor.DISTANCE: 0.4,
    Factor.RATING: 0.2,
    Factor.PREFERENCE: 0.2,
    Factor.FAIR_SHARE: 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of somebody who could come. Nothing here says who they are as a person."""

    worker: str
    km: float = 0.0
    radius_km: float | None = None
    rating: float = 0.0
    stated: int = 0
    met: int = 0
    favourite: bool = False
    earned_minor: int = 0
    available_hours: float = 0.0
    exposure: int = 0
    barriers: Sequence[str] = field(default_factory=tuple)

    @property
    def barrier(self) -> str | None:
        """The first rule that keeps the job from them."""
        order = list(Barrier)
        known = [Barrier(each) for each in self.barriers]
        return min(known, key=order.index, default=None)

    @property
    def reach(self) -> float:
        """How far they go."""
        return self.radius_km or FAR_KM


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A candidate with a place: the features, what each adds to the score, the rank from 1."""

    candidate: Candidate
    features: Mapping[str, float]
    contributions: Mapping[str, float]
    score: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The smallest change of one own value that would have been enough, in that value's unit."""

    factor: str
    by: float


def awake(candidate: Candidate) -> Candidate:
    """Return somebody as they will be in the morning: quiet hours keep nothing from them then."""
    left = [each for each in candidate.barriers if each != Barrier.QUIET]
    return replace(candidate, barriers=tuple(left))


def features(candidate: Candidate, *, mean_minor: float) -> dict[str, float]:
    """Return what is scored of a candidate, each from 0 to 1; `mean_minor` is ē, per hour."""
    stated = candidate.stated
    kept = 1.0 if candidate.favourite or not stated else candidate.met / stated
    return {
        Factor.DISTANCE: _clamp(1 - candidate.km / candidate.reach),
        Factor.RATING: _clamp(candidate.rating / BEST_RATING),
        Factor.PREFERENCE: _clamp(kept),
        Factor.FAIR_SHARE: fair_share(candidate, mean_minor=mean_minor),
    }


def fair_share(candidate: Candidate, *, mean_minor: float) -> float:
    """Return how much a turn is due: more for whoever earned less per hour they were free."""
    if mean_minor <= 0:
        return 0.5  # Nobody has earned anything: everybody is in the middle.
    per_hour = (candidate.earned_minor + mean_minor) / (candidate.available_hours + 1)
    return _clamp(1 - per_hour / (2 * mean_minor))


def contributions(
    of: Mapping[str, float], *, weights: Mapping[str, float] = WEIGHTS
) -> dict[str, float]:
    """Return what each feature adds to the score."""
    return {name: weights[name] * value for name, value in of.items()}


def rank(
    candidates: Sequence[Candidate],
    *,
    mean_minor: float,
    weights: Mapping[str, float] = WEIGHTS,
) -> list[Placed]:
    """Return those whom nothing keeps from the job, in the order in which they are asked."""
    found = []
    for each in candidates:
        if each.barrier is None:
            values = features(each, mean_minor=mean_minor)
            found.append((each, values, contributions(values, weights=weights)))
    scores = {each.worker: sum(added.values()) for each, _, added in found}
    exposure = {each.worker: each.exposure for each, _, _ in found}
    order = {worker: place for place, worker in enumerate(in_turn(scores, exposure), 1)}
    placed = [
        Placed(
            candidate=each,
            features=values,
            contributions=added,
            score=scores[each.worker],
            rank=order[each.worker],
        )
        for each, values, added in found
    ]
    return sorted(placed, key=lambda one: one.rank)


def in_turn(scores: Mapping[str, float], exposure: Mapping[str, int]) -> list[str]:
    """Return names by falling score; in a band below its best, the least exposed first."""
    by_score = sorted(scores, key=lambda name: (-scores[name], name))
    bands: list[list[str]] = []
    for name in by_score:
        if bands and scores[bands[-1][0]] - scores[name] <= BAND + JUST:
            bands[-1].append(name)
        else:
            bands.append([name])
    return [
        name
        for band in bands
        for name in sorted(band, key=lambda one: (exposure[one], -scores[one], one))
    ]


def excluded(candidates: Sequence[Candidate]) -> dict[str, str]:
    """Return whom a hard rule keeps from the job, with the rule."""
    return {each.worker: each.barrier for each in candidates if each.barrier is not None}


def reasons(placed: Placed) -> list[str]:
    """Return at most three factors that speak for somebody, the strongest first.

    A wish speaks for whoever fulfils it: not where nothing was wished for, and that somebody is a
    favourite is the customer's own affair.
    """
    added = placed.contributions
    silent = set() if placed.candidate.met else {Factor.PREFERENCE}
    counted = [name for name, part in added.items() if part > 0 and name not in silent]
    return sorted(counted, key=lambda name: (-added[name], name))[:MOST_REASONS]


def why_not(
    placed: Sequence[Placed],
    worker: str,
    *,
    most: int,
    weights: Mapping[str, float] = WEIGHTS,
) -> Change | None:
    """Return the smallest change of one own value that brings somebody among the first `most`.

    Nothing about others is told. None: they are among them, or no value alone would do.
    """
    own = next(each for each in placed if each.candidate.worker == worker)
    if own.rank <= most:
        return None
    missing = _missing(placed, own, most=most)
    if missing is None:
        return None
    ways = [
        (missing / weights[name], str(name))
        for name in (Factor.DISTANCE, Factor.RATING, Factor.PREFERENCE)
        if weights.get(name, 0) > 0 and own.features[name] + missing / weights[name] <= 1 + JUST
    ]
    if not ways:
        return None
    step, name = min(ways)
    units = {Factor.DISTANCE.value: own.candidate.reach, Factor.RATING.value: BEST_RATING}
    return Change(factor=name, by=step * units.get(name, 1.0))


def _missing(placed: Sequence[Placed], own: Placed, *, most: int) -> float | None:
    """Return by how much a score was too small."""
    scores = {each.candidate.worker: each.score for each in placed}
    exposure = {each.candidate.worker: each.candidate.exposure for each in placed}
    name = own.candidate.worker
    others = [each.score for each in placed if each.candidate.worker != name]
    turns = sorted({edge for one in others for edge in (one - BAND, one, one + BAND)})
    for edge in turns:
        for wanted in (edge, edge + 2 * JUST):
            if wanted <= own.score:
                continue
            if in_turn(scores | {name: wanted}, exposure).index(name) < most:
                return wanted - own.score
    return None


def told(candidates: Sequence[Candidate]) -> list[dict[str, object]]:
    """Return candidates as plain values, for a record from which all this can be repeated."""
    return [asdict(each) | {"barriers": list(each.barriers)} for each in candidates]


def heard(rows: Sequence[Mapping[str, object]]) -> list[Candidate]:
    """Return the candidates of a record."""
    return [Candidate(**row) for row in rows]  # type: ignore[arg-type]  # `told` wrote them.


def _clamp(value: float) -> float:
    return min(max(value, 0.0), 1.0)
