"""What the kernel's tests stand on: facts and timers of their own, forgotten afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kernel import events, timers
from kernel.events import Event, event

Handler = Callable[[Any], None]


@event("tests.happened")
class Happened(Event):
    """Something happened, in a test."""

    what: str


@pytest.fixture
def listen() -> Iterator[Callable[[Handler], str]]:
    """Let a function hear of `Happened` until the end of the test; return its stored name."""
    before = dict(events._handlers)

    def subscribe(handler: Handler) -> str:
        handler.__qualname__ = handler.__name__
        events.on(Happened)(handler)
        return f"{handler.__module__}.{handler.__qualname__}"

    yield subscribe
    events._handlers.clear()
    events._handlers.update(before)
    events._handlers.pop(Happened.name, None)


@pytest.fixture
def due() -> Iterator[Callable[[str, Handler], None]]:
    """Let a function act on a timer's name until the end of the test."""
    before = dict(timers._timers)
    yield lambda name, acts: timers._timers.update({name: acts})
    timers._timers.clear()
    timers._timers.update(before)
