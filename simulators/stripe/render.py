"""Showing rows: hidden names left out, computed fields put in, references expanded on request."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from simulators.stripe.errors import Json, Refused
from simulators.stripe.shapes import complete
from simulators.stripe.world import World

View = Callable[[World, Json], Json]
VIEWS: dict[str, View] = {}
# Fields that are there only when asked for by `expand`.
INCLUDED: dict[tuple[str, str], View] = {}
DEEPEST = 4


def view(noun: str) -> Callable[[View], View]:
    """Register the fields that are computed when an object of this noun is shown."""

    def register(function: View) -> View:
        VIEWS[noun] = function
        return function

    return register


def included(noun: str, name: str) -> Callable[[View], View]:
    """Register a field that is shown only when `expand` names it."""

    def register(function: View) -> View:
        INCLUDED[noun, name] = function
        return function

    return register


def shown(world: World, row: Json) -> Json:
    """The row as others may see it, still sparse."""
    visible = {
        name: copy.deepcopy(value) for name, value in row.items() if not name.startswith("_")
    }
    more = VIEWS.get(row["object"])
    return {**visible, **more(world, row)} if more else visible


def rendered(world: World, row: Json, expand: list[str] | None = None) -> Json:
    """The full answer for a row, with what the caller wants expanded."""
    answer = shown(world, row)
    for path in expand or []:
        _expand(world, answer, path.split("."), path)
    full: Json = complete(answer)
    return full


def list_of(rows: list[Json], url: str, *, has_more: bool = False) -> Json:
    """Stripe's list around already shown rows."""
    return {"object": "list", "data": rows, "has_more": has_more, "url": url}


def _expand(world: World, at: Json, steps: list[str], path: str) -> None:
    if len(steps) > DEEPEST:
        raise Refused(
            f"You cannot expand more than {DEEPEST} levels of a property.", param="expand"
        )
    step, rest = steps[0], steps[1:]
    if at.get("object") == "list" and step == "data":
        at["data"] = [_expanded(world, item, rest, path) for item in at["data"]]
        return
    include = INCLUDED.get((str(at.get("object")), step))
    if include:
        at.update(include(world, at))
    elif at.get(step) is None and step not in complete(at):
        raise Refused(
            f"This property cannot be expanded ({path}).",
            code="property_cannot_be_expanded",
            param="expand",
        )
    at[step] = _expanded(world, at.get(step), rest, path)


def _expanded(world: World, value: Any, rest: list[str], path: str) -> Any:
    if isinstance(value, list):
        return [_expanded(world, item, rest, path) for item in value]
    if isinstance(value, str):
        row = world.find(value)
        if row is None:
            raise Refused(
                f"This property cannot be expanded ({path}).",
                code="property_cannot_be_expanded",
                param="expand",
            )
        value = shown(world, row)
    if rest and isinstance(value, dict):
        _expand(world, value, rest, path)
    return value
