"""Does a search for somebody near and free stay quick when there are a hundred times as many?"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from statistics import median, quantiles
from typing import Any, Literal

from django.db import transaction

from bench.crowd import OFFERS, crowd, somewhere
from bench.figures import OPTIONS, Figure
from bench.many import grow
from kernel import clock
from kernel.edge import working_for
from marketplace.catalog.models import Service
from marketplace.matching.queries import search

BASE_ROWS = 10_000  # Or a tenth of all, where that is less.
ROUNDS, SEARCHES = 5, 200
RADIUS_KM, HOURS, DAYS_AHEAD, LIMIT = 10.0, 4, 10, 24
GOAL = 4.0
COMMAND = "bin/bench booking"


def figures_at_size() -> Iterator[Figure]:
    """Search one tenant alone, then make the others, and search the largest and all of them."""
    rows = min(BASE_ROWS, OPTIONS.size // 10)
    base = crowd(rows // OFFERS)
    with working_for(base.pk), transaction.atomic():
        services = list(Service.objects.order_by("slug").values_list("slug", flat=True))
    alone = _rounds(lambda chance: base.pk, services)
    sizes = sizes_of(OPTIONS.size, without=rows)
    numbers = grow(base, sizes)
    largest = _rounds(lambda chance: numbers[0], services)
    anywhere = _rounds(lambda chance: chance.choices(numbers, sizes)[0], services)
    again = _rounds(lambda chance: base.pk, services)
    total = rows + sum(sizes)
    for name, taken, goal in (
        (f"free and near, {total:,} rows in {len(sizes) + 1:,} tenants", anywhere, GOAL),
        (f"free and near, largest tenant of {sizes[0]:,}", largest, GOAL),
        (f"free and near, the first {rows:,} again", again, None),
    ):
        for mark in ("p50", "p99"):
            ratio = taken[mark] / alone[mark]
            yield _figure(f"{name} / {rows:,} alone, {mark}", ratio, "ratio", goal)
        yield _figure(f"{name}, p99", taken["p99"] * 1000, "ms", None)
    yield _figure(f"free and near, {rows:,} alone, p99", alone["p99"] * 1000, "ms", None)


def sizes_of(rows: int, *, without: int) -> list[int]:
    """Return how many rows each tenant has: the largest a twentieth, then ever smaller ones."""
    count = max(10, rows // 1000) - 1
    largest = rows // 20
    rest = rows - largest - without
    shares = [1 / (place + 10) for place in range(count - 1)]
    whole = sum(shares)
    return [largest, *(min(largest, max(OFFERS, round(rest * each / whole))) for each in shares)]


def _rounds(where: Callable[[Random], int], services: list[str]) -> dict[str, float]:
    """Return the median over some rounds of the p50 and the p99 of searches at tenants."""
    chance = Random(7)
    for _ in range(SEARCHES // 10):
        _search(where(chance), services, chance)
    marks: dict[str, list[float]] = {"p50": [], "p99": []}
    for _ in range(ROUNDS):
        seconds = [_search(where(chance), services, chance) for _ in range(SEARCHES)]
        marks["p50"].append(median(seconds))
        marks["p99"].append(quantiles(seconds, n=100)[98])
    return {mark: median(each) for mark, each in marks.items()}


def _search(tenant_id: int, services: list[str], chance: Random) -> float:
    """Return how long it takes to find a service within 10 km, free in some four hours."""
    place = somewhere(chance)
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    from_ = day + timedelta(days=chance.randint(1, DAYS_AHEAD), hours=chance.randint(14, 20))
    wanted: dict[str, Any] = {
        "service": chance.choice(services),
        "radius_km": RADIUS_KM,
        "limit": LIMIT,
    }
    began = time.perf_counter()
    with working_for(tenant_id), transaction.atomic():
        search(
            lat=place.latitude,
            lng=place.longitude,
            from_=from_,
            to=from_ + timedelta(hours=HOURS),
            **wanted,
        )
    return time.perf_counter() - began


def _figure(name: str, value: float, unit: str, goal: float | None) -> Figure:
    better: Literal["lower"] = "lower"
    n = ROUNDS * SEARCHES
    return Figure(name=name, value=value, unit=unit, goal=goal, better=better, n=n, command=COMMAND)
