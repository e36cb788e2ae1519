"""Ids made by us: known before a row is saved, sorted by time, telling nothing else."""

import secrets
import time
from uuid import UUID

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid7() -> UUID:
    """Return a UUID of version 7 (RFC 9562 §5.7): 48 bits of real milliseconds, then chance."""
    milliseconds = time.time_ns() // 1_000_000
    chance = secrets.randbits(74)
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
