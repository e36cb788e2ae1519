"""The sandbox's switchboard: which function answers which of Stripe's operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from simulators.stripe.catalog import parameters_of
from simulators.stripe.errors import Json
from simulators.stripe.kinds import Record
from simulators.stripe.world import World


@dataclass
class Call:
    """One checked request: who asks, for which object, with which typed parameters."""

    account: str
    keys: tuple[str, ...] = ()
    params: Json = field(default_factory=dict)
    path: str = ""

    @property
    def key(self) -> str:
        """The identifier in the path."""
        return self.keys[0]


Operation = Callable[[World, Call], Json]


@dataclass(frozen=True)
class Route:
    """An operation with its path, split, and the checker of its parameters."""

    method: str
    steps: tuple[str, ...]
    operation: Operation
    parameters: Record | None

    def keys_of(self, steps: list[str]) -> tuple[str, ...] | None:
        """The identifiers in a path, or None when the path is another's."""
        if len(steps) != len(self.steps):
            return None
        keys = []
        for own, given in zip(self.steps, steps, strict=True):
            if own.startswith("{"):
                keys.append(given)
            elif own != given:
                return None
        return tuple(keys)


ROUTES: list[Route] = []


def operation(method: str, template: str) -> Callable[[Operation], Operation]:
    """Register the answer to one operation; the SDK must know it."""

    def register(function: Operation) -> Operation:
        steps = tuple(template.strip("/").split("/"))
        ROUTES.append(Route(method, steps, function, parameters_of(method, template)))
        return function

    return register


def find(method: str, path: str) -> tuple[Route, tuple[str, ...]] | None:
    """The route of a request and the identifiers in its path."""
    steps = path.strip("/").split("/")
    for route in ROUTES:
        if route.method == method:
            keys = route.keys_of(steps)
            if keys is not None:
                return route, keys
    return None
