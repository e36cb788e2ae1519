"""Does search stay quick with 10,000 workers, what does the wall cost it, and what do we add?"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from statistics import median, quantiles
from typing import Any, Literal

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from bench.bare import Replay, bare_client, recorded
from bench.crowd import CENTRE, crowd, somewhere
from bench.figures import Figure, measure
from kernel import clock
from kernel.edge import working_for
from marketplace.matching.queries import search, weights
from marketplace.matching.queries.search_sql import SearchSql, Statement
from marketplace.matching.rules.wanted import Wanted
from tenants.tenancy.models import Tenant

FEW, MANY = 100, 10_000
SEARCHES = 200
ROUNDS, REPEATS = 9, 10
TYPED = ("paseo", "gatos", "baño", "paseo perro", "cachorros", "medicinas", "adiestramiento")
WORDS, LIMIT, PROFILE = "paseo", 24, "/w/bench-0/"
GOALS = {"p50": 15.0, "p99": 15.0, "wall": 1.10}
SHARES = {FEW: 0.25, MANY: 0.5}  # With few workers the database has next to nothing to do.
COMMAND = "bin/bench search"


@measure("search")
def search_figures() -> Iterator[Figure]:
    """Open a tenant with few workers and one with many, and search both."""
    few, many = crowd(FEW), crowd(MANY)
    yield from _growth(few, many)
    yield _wall(many)
    for tenant, workers in ((few, FEW), (many, MANY)):
        yield _share(tenant, workers)
    yield _share_of_a_page(few)


def _figure(name: str, value: float, unit: str, goal: float | None, n: int) -> Figure:
    better: Literal["higher", "lower"] = "higher" if unit == "share" else "lower"
    return Figure(name=name, value=value, unit=unit, goal=goal, better=better, n=n, command=COMMAND)


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _growth(few: Tenant, many: Tenant) -> Iterator[Figure]:
    """Search both in turns: words, a place, the best 24, each time somewhere else."""
    chance = Random(0)
    taken: dict[int, list[float]] = {few.pk: [], many.pk: []}
    for number in range(-len(TYPED), SEARCHES):  # The first ones warm up.
        place, words = somewhere(chance), TYPED[number % len(TYPED)]
        for tenant_id, seconds in taken.items():
            where = (place.latitude, place.longitude)
            spent = _seconds(partial(_search, tenant_id, words, *where))
            if number >= 0:
                seconds.append(spent)
    marks = {tenant_id: _marks(seconds) for tenant_id, seconds in taken.items()}
    for mark in ("p50", "p99"):
        slow, quick = marks[many.pk][mark], marks[few.pk][mark]
        name = f"search, {MANY:,} / {FEW} workers, {mark}"
        yield _figure(name, slow / quick, "ratio", GOALS[mark], SEARCHES)
        yield _figure(f"search, {MANY:,} workers, {mark}", slow * 1000, "ms", None, SEARCHES)


def _search(tenant_id: int, words: str, lat: float, lng: float) -> None:
    with working_for(tenant_id), transaction.atomic():
        search(q=words, lat=lat, lng=lng, limit=LIMIT)


def _marks(seconds: list[float]) -> dict[str, float]:
    return {"p50": median(seconds), "p99": quantiles(seconds, n=100)[98]}


def _wall(tenant: Tenant) -> Figure:
    """Run the statement that finds and orders: behind the wall, and as owner with a condition."""
    with working_for(tenant.pk):
        sql = SearchSql(
            Wanted(q=WORDS, place=CENTRE), at=clock.now(), weights=weights(), relaxed=False
        )
    walled = sql.rows(limit=LIMIT + 1)
    app, owner = _connect({}, tenant), _connect(settings.DATABASE_OWNER, tenant)
    sides = [(app, walled), (owner, _named(walled, tenant))]
    first, second = (_fetch(side, each) for side, each in sides)
    if first != second or len(first) <= LIMIT:
        raise SystemExit("Both sides of the wall have to find the same full page.")
    on, off = (partial(_fetch, side, each) for side, each in sides)
    ratio = _in_turns(on, off)
    app.close()
    owner.close()
    name = f"search query, row-level security on / off, {MANY:,} workers"
    return _figure(name, ratio, "ratio", GOALS["wall"], ROUNDS)


def _in_turns(one: Callable[[], object], other: Callable[[], object]) -> float:
    """Return how many times longer one call takes than another: the median of paired rounds."""
    ratios: list[float] = []
    for _ in range(ROUNDS):
        turns = [(_seconds(one), _seconds(other)) for _ in range(REPEATS)]
        ratios.append(median(ours for ours, _ in turns) / median(floor for _, floor in turns))
    return median(ratios)


def _fetch(side: Any, each: Statement) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = side.execute(each.sql, each.values).fetchall()
    return found


def _connect(login: dict[str, str], tenant: Tenant) -> Any:
    """Return a bare connection, in a transaction that knows the tenant."""
    wrapper = connection.copy()
    wrapper.settings_dict.update(login)
    raw = wrapper.get_new_connection(wrapper.get_connection_params())
    raw.execute("select set_config('app.tenant_id', %s, false)", [str(tenant.pk)])
    return raw


def _named(walled: Statement, tenant: Tenant) -> Statement:
    """Say in the statement what the wall adds to it: whose rows."""
    sql = walled.sql
    for table, where in (
        ("from matching_searchrow r where", "from matching_searchrow r where r.{} and"),
        ("from catalog_worker\n", "from catalog_worker where {}\n"),
    ):
        if sql.count(table) != 1:
            raise SystemExit(f"The search query reads no longer: {table}")
        sql = sql.replace(table, where.format("tenant_id = %(tenant)s"))
    return Statement(sql, {**walled.values, "tenant": tenant.pk})


def _share(tenant: Tenant, workers: int) -> Figure:
    """Answer the same search through the API and through a view that only runs its SQL."""
    host = f"{tenant.slug}.{settings.PLATFORM_DOMAIN}"
    asked: dict[str, str | bytes | int] = {
        "q": WORDS,
        "lat": str(CENTRE.latitude),
        "lng": str(CENTRE.longitude),
    }
    ours, bare = Client(HTTP_HOST=host), bare_client()
    Replay.tenant_id = tenant.pk
    Replay.items = ours.get("/api/v1/search", asked).json()["items"]
    with working_for(tenant.pk), transaction.atomic():
        Replay.statements = recorded(
            partial(search, q=WORDS, limit=LIMIT, lat=CENTRE.latitude, lng=CENTRE.longitude)
        )
    if not Replay.items or bare.get("/search").json() != {"items": Replay.items}:
        raise SystemExit("The bare view has to return what the API returns.")
    share = _in_turns(partial(bare.get, "/search"), partial(ours.get, "/api/v1/search", asked))
    name = f"search API / bare view, throughput, {workers:,} workers"
    return _figure(name, share, "share", SHARES[workers], ROUNDS)


def _share_of_a_page(tenant: Tenant) -> Figure:
    """Show a profile, and answer its text through a view that only runs its SQL."""
    ours, bare = Client(HTTP_HOST=f"{tenant.slug}.{settings.PLATFORM_DOMAIN}"), bare_client()
    ours.get(PROFILE)  # Whatever is remembered after the first time.
    Replay.tenant_id = tenant.pk
    Replay.statements = recorded(partial(ours.get, PROFILE))
    Replay.items = ours.get(PROFILE).content.decode()
    if 'class="slot"' not in Replay.items or bare.get("/search").status_code != 200:
        raise SystemExit("The profile has to show free times, and the bare view to answer.")
    share = _in_turns(partial(bare.get, "/search"), partial(ours.get, PROFILE))
    return _figure("profile page / bare view, throughput", share, "share", 0.5, ROUNDS)
