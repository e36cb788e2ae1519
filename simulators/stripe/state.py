"""Everything the sandbox remembers, in plain values that go to JSON and back unchanged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from simulators.stripe.errors import Json

VERSION = 1
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass
class State:
    """The sandbox's memory. Names that begin with `_` in a row are hidden from answers."""

    seed: int
    now: int
    counter: int = 0
    rows: dict[str, dict[str, Json]] = field(default_factory=dict)
    # account → currency → [available, pending]
    balances: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    # a heap of [due at, order, name, arguments]
    timers: list[list[Any]] = field(default_factory=list)
    replies: dict[str, Json] = field(default_factory=dict)
    faults: list[Json] = field(default_factory=list)
    mischief: list[Json] = field(default_factory=list)
    deliveries: list[Json] = field(default_factory=list)
    switches: Json = field(default_factory=dict)

    def digest(self, *parts: object) -> bytes:
        """Bytes that depend on the seed and the parts only: the sandbox's chance."""
        return hashlib.sha256("/".join(map(str, (self.seed, *parts))).encode()).digest()

    def new_id(self, prefix: str) -> str:
        """The next identifier; the same seed and calls give the same ones."""
        self.counter += 1
        return f"{prefix}_1{base62(self.digest('id', self.counter))[:23]}"

    def to_json(self) -> str:
        """The whole memory as text."""
        return json.dumps({"version": VERSION, **vars(self)}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> State:
        """The memory that `to_json` wrote."""
        remembered = json.loads(text)
        if remembered.pop("version", None) != VERSION:
            raise ValueError("the state file was written by another version of the sandbox")
        return cls(**remembered)


def base62(digest: bytes) -> str:
    """Letters and digits for the bytes, as in Stripe's identifiers."""
    return "".join(ALPHABET[byte % 62] for byte in digest)
