"""Reading Stripe's form encoding: `a[b][0][c]=v` becomes nested dictionaries."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from simulators.stripe.errors import Json, Refused

DEEPEST = 12
KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


def decode(text: str) -> Json:
    """Nested parameters of a form body or a query string; lists stay dictionaries of digits."""
    params: Json = {}
    for key, value in parse_qsl(text, keep_blank_values=True):
        _place(params, _steps(key), value, key)
    return params


class Word(str):
    """Text that was written as text; in JSON a number or a boolean is something else."""

    __slots__ = ()


class Bare(str):
    """A number or a boolean of JSON, as a form would write it."""

    __slots__ = ()


def decode_json(text: str) -> Json:
    """Nested parameters of a JSON body, in the shape of a form's."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        raise Refused("Invalid request: the body is not JSON.") from None
    if not isinstance(said, dict):
        raise Refused("Invalid request: the body must be an object.")
    read: Json = _as_form(said)
    return read


def _as_form(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_form(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return {str(place): _as_form(inner) for place, inner in enumerate(value)} or ""
    if isinstance(value, str):
        return Word(value)
    return Bare(json.dumps(value))


def _steps(key: str) -> list[str]:
    found = KEY.fullmatch(key)
    if found is None:
        raise Refused(f"Invalid request: the parameter name '{key}' cannot be read.", param=key)
    inner = found[2][1:-1].split("][") if found[2] else []
    if len(inner) >= DEEPEST:
        raise Refused(f"Invalid request: '{key}' is nested too deeply.", param=key)
    return [found[1], *inner]


def _place(params: Json, steps: list[str], value: str, key: str) -> None:
    at = params
    for step in steps[:-1]:
        at = at.setdefault(step or str(len(at)), {})
        if not isinstance(at, dict):
            raise Refused(f"Invalid request: '{key}' is both a value and an object.", param=key)
    last = steps[-1] or str(len(at))
    if isinstance(at.get(last), dict):
        raise Refused(f"Invalid request: '{key}' is both a value and an object.", param=key)
    at[last] = value
