"""Turning the SDK's parameter annotations into kinds that can read and check a request."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import typing_extensions as extended

from simulators.stripe.kinds import (
    Anything,
    Choice,
    Flag,
    Kind,
    ListOf,
    MapOf,
    Number,
    OneOf,
    Record,
    Text,
    Whole,
)

PLAIN: dict[Any, Kind] = {
    str: Text(),
    int: Whole(),
    bool: Flag(),
    float: Number(),
    Decimal: Number(),
}
# Names the SDK imports for type checkers only.
UNSEEN = {"StripeContext": object, "Mapping": Mapping, "Any": Any}


@cache
def record_of(params_class: type) -> Record:
    """The checker of one of the SDK's TypedDicts."""
    return Record(lambda: _fields(params_class))


def _fields(params_class: Any) -> tuple[dict[str, Kind], frozenset[str]]:
    names = {**UNSEEN, **vars(sys.modules[params_class.__module__])}
    options = _request_options(params_class)
    kinds: dict[str, Kind] = {}
    required = set()
    for name, annotation in params_class.__annotations__.items():
        if name in options:
            continue
        annotation = _evaluated(annotation, names)
        if extended.get_origin(annotation) is extended.NotRequired:
            annotation = extended.get_args(annotation)[0]
        elif name in params_class.__required_keys__:
            required.add(name)
        kinds[name] = _kind(annotation, names)
    return kinds, frozenset(required)


def _request_options(params_class: Any) -> frozenset[str]:
    """Names that travel in headers (the key, the account), not in the form."""
    for base in getattr(params_class, "__orig_bases__", ()):
        if base.__name__ == "RequestOptions":
            return frozenset(base.__annotations__)
    return frozenset()


def _evaluated(annotation: Any, names: dict[str, Any]) -> Any:
    while isinstance(annotation, str | typing.ForwardRef):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        annotation = eval(text, names)  # the SDK's own annotations, never a request's text
    return annotation


def _kind(annotation: Any, names: dict[str, Any]) -> Kind:
    annotation = _evaluated(annotation, names)
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, arguments = extended.get_origin(annotation), extended.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return _union([_evaluated(argument, names) for argument in arguments], names)
    if origin is typing.Literal:
        return Choice(arguments)
    if origin is list:
        return ListOf(_kind(arguments[0], names))
    if origin is dict:
        return MapOf(_kind(arguments[1], names))
    if "UntypedStripeObject" in (_name(annotation), _name(origin)):
        return MapOf(Anything())
    if extended.is_typeddict(annotation):
        return record_of(annotation)
    return Anything()


def _union(options: list[Any], names: dict[str, Any]) -> Kind:
    """A union of words and `str` is an enum the SDK leaves open for new words: close it."""
    words = [word for option in options for word in _words(option)]
    structured = any(extended.is_typeddict(option) for option in options)
    if str in options and not structured and any(word != "" for word in words):
        options = [option for option in options if option is not str]
    found = tuple(_kind(option, names) for option in options if option is not type(None))
    return found[0] if len(found) == 1 else OneOf(found)


def _words(option: Any) -> tuple[Any, ...]:
    return extended.get_args(option) if extended.get_origin(option) is typing.Literal else ()


def _name(annotation: Any) -> str:
    return str(getattr(annotation, "__name__", ""))
