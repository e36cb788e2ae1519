"""Ids made by us: known before a row is saved, sorted by time, telling nothing else."""

import secrets
import time
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STEP_BITS = 32


@dataclass(slots=True)
class _Last:
    milliseconds: int = 0
    chance: int = 0


_last, _one_by_one = _Last(), Lock()


def uuid7() -> UUID:
    """Return a UUID of version 7 (RFC 9562 §5.7): 48 bits of real milliseconds, then chance.

    Within a process each is greater than the one before: in the same millisecond, or when the clock
    was set back, chance only grows (§6.2, method 2), so that rows sort as they were made.
    """
    with _one_by_one:
        milliseconds = time.time_ns() // 1_000_000
        if milliseconds > _last.milliseconds:
            _last.milliseconds, _last.chance = milliseconds, secrets.randbits(73)
        else:
            _last.chance += 1 + secrets.randbits(STEP_BITS)
        milliseconds, chance = _last.milliseconds, _last.chance
    value = milliseconds << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62
    return UUID(int=value | chance & ((1 << 62) - 1))


def readable_code(length: int) -> str:
    """Return a random code in Crockford's base 32, which nobody misreads over the phone."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def as_readable(number: int, *, length: int) -> str:
    """Write a number in Crockford's base 32, padded with zeros."""
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(length)))


def forgiving(code: str) -> str:
    """Return a typed code as it was meant: upper case, O is 0, I and L are 1, no hyphens."""
    return code.upper().translate(str.maketrans("OIL", "011", "- "))
