"""Domain events: facts in the past tense, stored with the change that caused them.

Publishing writes a row in the same transaction; the relay brings it to every handler afterwards,
once. Floors below publish, floors above listen: calls go down, events go up.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

from kernel.actor import Actor
from kernel.models import OutboxEvent

Handler = Callable[[Any], None]


class Event:
    """A fact: ids and plain JSON values. Tenant, author and moment are stored beside it."""

    name: ClassVar[str]


E = TypeVar("E", bound=Event)
EVENTS: dict[str, type[Event]] = {}
_handlers: dict[str, dict[str, Handler]] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event(name: str) -> Callable[[type[E]], type[E]]:
    """Declare a class of facts under its name (`floor.past_participle`), which is never reused."""

    def declare(declared: type[E]) -> type[E]:
        fact = cast("type[E]", dataclass(frozen=True, kw_only=True)(declared))
        fact.name = name
        if name in EVENTS:
            raise ValueError(f"two events are called {name}")
        EVENTS[name] = fact
        return fact

    return declare


def on(listened: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a function to a class of events. Its name is stored as done: keep it.

    That is `<floor>.handlers.<function>`, also when a floor has a folder of handlers.
    """

    def subscribe(handler: Callable[[E], None]) -> Callable[[E], None]:
        floor, room, _ = handler.__module__.partition(".handlers")
        name = f"{floor}{room}.{handler.__qualname__}"
        known = _handlers.setdefault(listened.name, {})
        if name in known:
            raise ValueError(f"two handlers of {listened.name} are called {name}")
        known[name] = handler
        return handler

    return subscribe


def publish(fact: Event, *, by: Actor) -> None:
    """Record a fact; it is told only if the surrounding transaction commits."""
    payload = asdict(cast("Any", fact))
    OutboxEvent.objects.create(
        name=fact.name, payload=payload, actor_role=by.role, actor_id=by.member_id
    )


def handlers_of(name: str) -> dict[str, Handler]:
    """Return who listens to an event, by dotted name."""
    return dict(_handlers.get(name, {}))


def read(row: OutboxEvent) -> Event:
    """Return the fact a stored row stands for. Fields it no longer knows are dropped."""
    known = EVENTS[row.name]
    fields = cast("Any", known).__dataclass_fields__
    return known(**{key: value for key, value in row.payload.items() if key in fields})
