"""Lists as Stripe gives them: newest first, filtered, with cursors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulators.stripe.errors import Json, Refused, no_such
from simulators.stripe.render import list_of, shown
from simulators.stripe.routes import Call
from simulators.stripe.world import World

COMPARE = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}


def listing(world: World, call: Call, rows: Iterable[Json], *same: str) -> Json:
    """One page of rows; `same` names the parameters that a row's field must equal."""
    params = call.params
    wanted = {name: params[name] for name in same if name in params}
    chosen = [
        row
        for row in rows
        if all(row.get(name) == value for name, value in wanted.items())
        and _within(row.get("created"), params.get("created"))
    ]
    page, more = _page(chosen, params)
    return list_of([shown(world, row) for row in page], call.path, has_more=more)


def _within(moment: Any, bounds: Any) -> bool:
    if bounds is None:
        return True
    if isinstance(bounds, int):
        return bool(moment == bounds)
    return all(COMPARE[name](moment, bound) for name, bound in bounds.items())


def _page(rows: list[Json], params: Json) -> tuple[list[Json], bool]:
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise Refused("Limit must be between 1 and 100.", param="limit")
    if "starting_after" in params and "ending_before" in params:
        raise Refused("You cannot use both starting_after and ending_before.")
    if "ending_before" in params:
        newer = rows[: _place(rows, params["ending_before"], "ending_before")]
        return newer[-limit:], len(newer) > limit
    if "starting_after" in params:
        rows = rows[_place(rows, params["starting_after"], "starting_after") + 1 :]
    return rows[:limit], len(rows) > limit


def _place(rows: list[Json], key: str, param: str) -> int:
    for place, row in enumerate(rows):
        if row["id"] == key:
            return place
    raise no_such("object", key, param=param, status=400)
