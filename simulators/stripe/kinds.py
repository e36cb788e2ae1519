"""Kinds of parameter: each reads the text of a form into a typed value, or refuses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from simulators.stripe.errors import Json, Refused
from simulators.stripe.forms import Bare, Word

INTEGER = re.compile(r"-?\d{1,18}")
NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?")


class Kind(Protocol):
    """What every kind can do; `at` is the parameter's name as Stripe writes it, `a[b][0]`."""

    def read(self, value: Any, at: str) -> Any:
        """The typed value, or `Refused`."""


class Anything:
    """A value the SDK leaves untyped."""

    def read(self, value: Any, at: str) -> Any:
        """The value as it came."""
        return value


class Text:
    """A string."""

    def read(self, value: Any, at: str) -> str:
        """The string; objects and lists are refused."""
        if not isinstance(value, str) or isinstance(value, Bare):
            raise Refused(f"Invalid string: {at} must be a string", param=at)
        if len(value) > 5000:
            raise Refused(f"Invalid string: {at} must be at most 5000 characters", param=at)
        return value


class Whole:
    """An integer."""

    def read(self, value: Any, at: str) -> int:
        """The integer; `1.5` and `abc` are refused."""
        if isinstance(value, str) and not isinstance(value, Word) and INTEGER.fullmatch(value):
            return int(value)
        raise Refused(
            f"Invalid integer: {_shown(value)}", code="parameter_invalid_integer", param=at
        )


class Number:
    """A decimal number, kept as text so that no float touches money."""

    def read(self, value: Any, at: str) -> str:
        """The digits as they came."""
        if isinstance(value, str) and NUMBER.fullmatch(value):
            return value
        raise Refused(f"Invalid decimal: {_shown(value)}", param=at)


class Flag:
    """A boolean."""

    def read(self, value: Any, at: str) -> bool:
        """True or False; anything but `true` and `false` is refused."""
        words = "" if isinstance(value, Word) or not isinstance(value, str) else value.lower()
        if words in ("true", "false"):
            return words == "true"
        raise Refused(f"Invalid boolean: {_shown(value)}", param=at)


@dataclass(frozen=True)
class Choice:
    """One of a closed set of words."""

    words: tuple[Any, ...]

    def read(self, value: Any, at: str) -> Any:
        """The word itself, or a refusal that lists the right ones."""
        for word in self.words:
            if value == word or value == str(word):
                return word
        listed = ", ".join(str(word) for word in self.words[:12] if word != "")
        raise Refused(f"Invalid {at}: must be one of {listed}", param=at)


@dataclass(frozen=True)
class ListOf:
    """An array."""

    item: Kind

    def read(self, value: Any, at: str) -> list[Any]:
        """The items in the order of their indices."""
        if value == "":
            return []
        if isinstance(value, dict) and value and all(key.isdigit() for key in value):
            keys = sorted(value, key=int)
            return [self.item.read(value[key], f"{at}[{key}]") for key in keys]
        raise Refused("Invalid array", param=at)


@dataclass(frozen=True)
class MapOf:
    """A dictionary with free keys, such as metadata."""

    item: Kind

    def read(self, value: Any, at: str) -> Json:
        """The dictionary with typed values."""
        if not isinstance(value, dict):
            raise Refused("Invalid object", param=at)
        return {key: self.item.read(inner, f"{at}[{key}]") for key, inner in value.items()}


@dataclass
class Record:
    """An object with named fields; the fields are worked out on first use."""

    build: Callable[[], tuple[dict[str, Kind], frozenset[str]]]
    _built: tuple[dict[str, Kind], frozenset[str]] | None = field(default=None, repr=False)

    @property
    def fields(self) -> tuple[dict[str, Kind], frozenset[str]]:
        """The kinds by name, and the names that must be there."""
        if self._built is None:
            self._built = self.build()
        return self._built

    def read(self, value: Any, at: str) -> Json:
        """The object with typed fields; unknown and missing names are refused."""
        if not isinstance(value, dict):
            raise Refused("Invalid object", param=at)
        kinds, required = self.fields
        for name in value:
            if name not in kinds:
                param = _inside(at, name)
                raise Refused(
                    f"Received unknown parameter: {param}", code="parameter_unknown", param=param
                )
        for name in kinds:
            if name in required and name not in value:
                param = _inside(at, name)
                raise Refused(
                    f"Missing required param: {param}.", code="parameter_missing", param=param
                )
        return {name: kinds[name].read(inner, _inside(at, name)) for name, inner in value.items()}


@dataclass(frozen=True)
class OneOf:
    """A union: the first kind that can read the value wins."""

    options: tuple[Kind, ...]

    def read(self, value: Any, at: str) -> Any:
        """The typed value, or the refusal that fits the value's shape best."""
        refusals = []
        for option in self.options:
            try:
                return option.read(value, at)
            except Refused as refused:
                refusals.append((_misfit(option, value), refused))
        raise min(refusals, key=lambda pair: pair[0])[1]


def _misfit(option: Kind, value: Any) -> int:
    structured = isinstance(option, Record | MapOf | ListOf)
    return 0 if structured == isinstance(value, dict) else 1


def _inside(at: str, name: str) -> str:
    return f"{at}[{name}]" if at else name


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else "an object"
