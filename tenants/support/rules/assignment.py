"""Whose case it is: whoever of the office has the fewest open ones."""

from collections.abc import Mapping, Sequence
from uuid import UUID


def next_owner(members: Sequence[UUID], *, open_cases: Mapping[UUID, int]) -> UUID:
    """Return the member with the fewest open cases; the longest-serving of equals."""
    return min(members, key=lambda each: (open_cases.get(each, 0), members.index(each)))
