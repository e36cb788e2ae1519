"""Every door of a tenant's host: each URL pattern and each API operation, ready to be knocked at.

What a pattern needs in its place (`<uuid:case_id>`) is taken from the rows of one tenant: first
from the model that the parameter is named after, else from whatever rows it has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from config.api import api

API = "api/v1/"
PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Door:
    """One way to ask: a method, an address with its places still open, and a body's schema."""

    method: str
    route: str
    schema: dict[str, Any] | None = None

    @property
    def asks_for(self) -> list[tuple[str, str]]:
        """The places to fill in, as (kind, name)."""
        return [(each["kind"] or "str", each["name"]) for each in PLACE.finditer(self.route)]

    @property
    def writes(self) -> bool:
        """Whether the method may change something."""
        return self.method != "get"


def pages() -> list[Door]:
    """Return every URL pattern outside the API, to be asked for and to be posted to."""
    routes = sorted(set(_routes(get_resolver("config.urls"), "")))
    return [
        Door(method, route)
        for route in routes
        if not route.startswith(API)
        for method in ("get", "post")
    ]


def operations() -> list[Door]:
    """Return every operation of the API, with the schema of its body."""
    described = api.get_openapi_schema()
    return [
        Door(
            method,
            re.sub(r"\{(\w+)\}", r"<uuid:\1>", path).lstrip("/"),
            _body(operation, described) if method != "get" else None,
        )
        for path, operations in sorted(described["paths"].items())
        for method, operation in operations.items()
        if method in METHODS
    ]


def _routes(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        route = prefix + _route(each)
        if isinstance(each, URLResolver):
            yield from _routes(each, route)
        else:
            yield route


def _route(pattern: URLPattern | URLResolver) -> str:
    """Return a pattern's route; of a regular expression, the simplest text that it accepts."""
    written = str(pattern.pattern)
    if hasattr(pattern.pattern, "converters") and not hasattr(pattern.pattern, "_regex"):
        return written
    ((text, names), *_) = normalize(written)
    return text % {name: f"<str:{name.lstrip('_') or name}>" for name in names}


def _body(operation: dict[str, Any], described: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return None if schema is None else _whole(schema, described)


def _whole(schema: Any, described: dict[str, Any]) -> Any:
    """Return a schema with its references filled in."""
    if isinstance(schema, list):
        return [_whole(each, described) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _whole(described["components"]["schemas"][name], described)
    return {key: _whole(value, described) for key, value in schema.items()}


def example(schema: dict[str, Any] | None, ids: list[UUID]) -> Any:
    """Return something that fits a schema, with ids of the neighbour wherever ids are asked."""
    if schema is None:
        return {}
    for variants in ("anyOf", "oneOf", "allOf"):
        if variants in schema:
            return example(schema[variants][0], ids)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema.get("type")
    if kind == "object":
        return {name: example(each, ids) for name, each in schema.get("properties", {}).items()}
    if kind == "array":
        return [example(schema.get("items"), ids)]
    if kind == "string":
        texts = {"uuid": str(ids[0]), "date-time": "2026-11-23T15:00:00Z", "date": "2026-11-23"}
        return texts.get(schema.get("format", ""), "x" * schema.get("minLength", 1))
    plain = {"integer": max(1, int(schema.get("minimum", 1))), "number": 1.0, "boolean": True}
    return plain.get(kind or "")


class Rows:
    """The rows of the tenant we work for, by what an address calls them."""

    def __init__(self) -> None:
        self.models = [each for each in apps.get_models() if _is_somebodys(each)]
        self.keys: dict[type[models.Model], list[object]] = {}
        for model in self.models:
            found = list(model._default_manager.order_by("pk").values_list("pk", flat=True)[:2])
            if found:
                self.keys[model] = found

    def ids(self) -> list[UUID]:
        """Return all ids that are UUIDs, one or two of each model."""
        return [key for key in chain(*self.keys.values()) if isinstance(key, UUID)]

    def fill(self, door: Door) -> list[str]:
        """Return addresses with their places filled in: one for each row that may be meant."""
        first = [self._values(kind, name, door.route) for kind, name in door.asks_for]
        longest = max((len(values) for values in first), default=1)
        filled = []
        for turn in range(longest):
            values = iter([each[turn % len(each)] for each in first])
            filled.append("/" + PLACE.sub(lambda _, v=values: str(next(v)), door.route))
        return filled

    def _values(self, kind: str, name: str, route: str) -> list[object]:
        """Return what a place may be filled with: keys of the model that is meant, or texts."""
        keyed = kind in ("uuid", "int") or name in ("pk", "id", "object_id")
        if not keyed and (texts := self._texts(name)):
            return texts
        wanted = {"uuid": UUID, "int": int}.get(kind, object)
        bare = re.sub(r"_?(id|pk|uuid)$", "", name.lower()).replace("_", "")
        words = [bare] if bare else route.lower().replace("_", "").split("/")
        for meant in (self._called(words), self._sounding_like(words)):
            if keys := [key for key in meant if isinstance(key, wanted)]:
                return keys[:4]
        some = [keys[0] for keys in self.keys.values() if isinstance(keys[0], wanted)]
        return some[:4] or ["x"] if keyed else ["x"]

    def _called(self, words: list[str]) -> list[object]:
        """Return keys of the models whose very name is among some words."""
        forms = {*words, *(word.removesuffix("s") for word in words)}
        meant = [model for model in self.models if model.__name__.lower() in forms]
        return [key for model in meant for key in self.keys.get(model, [_no_key(model)])]

    def _sounding_like(self, words: list[str]) -> list[object]:
        """Return keys of the models whose name contains one of some words."""
        long = [word for word in words if len(word) > 3 and "<" not in word]
        meant = [each for each in self.keys if any(word in each.__name__.lower() for word in long)]
        return [key for model in meant for key in self.keys[model]]

    def _texts(self, name: str) -> list[object]:
        """Return what rows hold in a field of this name: slugs, codes, tokens."""
        found: list[object] = []
        for model in self.keys:
            if name in {each.name for each in model._meta.concrete_fields}:
                found += model._default_manager.values_list(name, flat=True)[:1]
        return [each for each in found if each][:4]


def _no_key(model: type[models.Model]) -> object:
    """Return a key that no row of a model has, of the right type."""
    return UUID(int=7) if isinstance(model._meta.pk, models.UUIDField) else 2_000_000_007


def _is_somebodys(model: type[models.Model]) -> bool:
    """Tell whether a model's rows belong to a tenant and may be read at all."""
    if not model._meta.managed or model._meta.proxy:
        return False
    return getattr(model, "rights", "select").startswith("select")
