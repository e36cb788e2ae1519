"""Worlds that are built once and kept, and found again by the next test as they were.

A fixture made with `@kept` is built inside one long transaction of the process, each on a savepoint
above the one before, in the order of `ORDER`. A test begins on top of the worlds it asks for and is
rolled back to them, so it finds the same rows as if all were built for it alone. What is outside
the database (the fake provider's memory, parcels that were sent) is put back as it was then. Tests
that commit or open sessions of their own find no kept world and build theirs; so do tests of a
module whose own automatic fixtures come first.
"""

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from kernel import clock
from kernel.edge import working_for
from payments.providers.fake import fake
from tenants.messaging.channels.transport import RECORDED

ORDER = (
    "patitas",
    "on_monday",
    "olga",
    "commissions",
    "patitas_is_stocked",
    "ana",
    "ana_works",
    "offer",
    "clara",
    "clara_booked_ana",
    "job_done",
    "clara_asked_ana",
    "mora",
    "lar_limpo",
    "carla",
)
FOR_TESTS = 100  # Only at its end does a transaction tell the server what there is to clean up.
OWN_SESSIONS = {"transactional_db", "live_server", "may_insert"}
EVERYWHERE = {"", "tests"}

Builder = Callable[..., Any]


@dataclass(frozen=True)
class Outside:
    """What a world left outside the database."""

    provider: Mapping[str, Any]
    parcels: tuple[Any, ...]

    @classmethod
    def seen(cls) -> "Outside":
        """Return a copy of what is there now."""
        return cls(copy.deepcopy(vars(fake())), tuple(RECORDED))

    def put_back(self) -> None:
        """Let it be as it was."""
        vars(fake()).clear()
        vars(fake()).update(copy.deepcopy(dict(self.provider)))
        RECORDED[:] = self.parcels


@dataclass(frozen=True)
class Layer:
    """One kept world, on top of others."""

    name: str
    point: str
    value: Any
    left: Outside


@dataclass
class Keeper:
    """The worlds of this process, each on top of the one before."""

    builders: dict[str, Builder] = field(default_factory=dict)
    layers: list[Layer] = field(default_factory=list)
    whole: transaction.Atomic | None = None
    wanted: list[str] = field(default_factory=list)
    uses: int = 0

    def ready(self, names: list[str]) -> None:
        """Let exactly these worlds be there, in this order."""
        if self.whole is not None and not connection.in_atomic_block:
            self.layers, self.whole = [], None  # Somebody closed the session: all is gone.
        self.uses += 1
        if self.uses % FOR_TESTS == 0:
            self.give_up()
        same = 0
        while same < min(len(self.layers), len(names)) and self.layers[same].name == names[same]:
            same += 1
        if same < len(self.layers):
            point = self.layers[same].point
            transaction.savepoint_rollback(point)
            transaction.savepoint_commit(point)
            del self.layers[same:]
        if names and self.whole is None:
            self.whole = transaction.atomic()
            self.whole.__enter__()
        for name in names[same:]:
            self._build(name)
        if self.layers:
            self.layers[-1].left.put_back()
        self.wanted = names

    def _build(self, name: str) -> None:
        point = transaction.savepoint()
        if self.layers:
            self.layers[-1].left.put_back()
        else:
            fake.cache_clear()
            RECORDED.clear()
        builder = self.builders[name]
        with self.around():
            value = builder(**{each: self.value(each) for each in _needs(builder)})
        assert point is not None
        self.layers.append(Layer(name, point, copy.deepcopy(value), Outside.seen()))

    def around(self) -> ExitStack:
        """Return where we are in these worlds: at which tenant, and when."""
        where, there = ExitStack(), {each.name: each.value for each in self.layers}
        if "patitas" in there:
            where.enter_context(working_for(there["patitas"].pk))
        if "on_monday" in there:
            where.enter_context(clock.travelling_to(there["on_monday"]))
        return where

    def value(self, name: str) -> Any:
        """Return a copy of what a world's fixture gives."""
        return copy.deepcopy(next(each.value for each in self.layers if each.name == name))

    def give_up(self) -> None:
        """Let nothing be kept."""
        if self.whole is not None and connection.in_atomic_block:
            transaction.set_rollback(True)
            self.whole.__exit__(None, None, None)
        self.layers, self.whole, self.wanted = [], None, []


KEEPER = Keeper()


def _needs(builder: Builder) -> list[str]:
    return list(inspect.signature(builder).parameters)


def given(name: str, build: Builder, **needs: Any) -> Any:
    """Return what a world's builder gives: kept where it is, else built now."""
    return KEEPER.value(name) if name in KEEPER.wanted else build(**needs)


def kept(build: Builder) -> Any:
    """Make a fixture of a function that builds a world and names the worlds it stands on."""
    name = build.__name__
    KEEPER.builders[name] = build

    def give(**needs: Any) -> Any:
        needs.pop("db")
        return given(name, build, **needs)

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter(each, kind) for each in ("db", *_needs(build))]
    give.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # For pytest.
    give.__doc__, give.__module__ = build.__doc__, __name__
    return pytest.fixture(name=name)(give)


@pytest.fixture(autouse=True)
def kept_worlds(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Let the worlds that a test asks for be there before it begins, and no others."""
    names, item = set(request.fixturenames), request.node
    mark = item.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction")
    if commits or names & OWN_SESSIONS:
        with django_db_blocker.unblock():
            KEEPER.give_up()
    elif mark is not None or "db" in names:
        request.getfixturevalue("django_db_setup")
        with django_db_blocker.unblock():
            KEEPER.ready(_asked_of(item))
        cache.clear()
    yield
    KEEPER.wanted = []
    fake.cache_clear()
    RECORDED.clear()


def _asked_of(item: Any) -> list[str]:
    """Return the worlds a test asks for, if nothing of its own comes before them."""
    found = item._fixtureinfo.name2fixturedefs
    own = set(item.session._fixturemanager._getautousenames(item))
    own = {each for each in own if each in found and found[each][-1].baseid not in EVERYWHERE}
    if own:
        return []
    asked: list[str] = []
    for name in ORDER:
        ours = name in found and found[name][-1].func.__module__.startswith("tests.support.")
        if ours and set(_needs(KEEPER.builders[name])) <= set(asked):
            asked.append(name)
    return asked
