"""Lanes: how much of a person a job takes, so that some jobs can run beside each other."""

from dataclasses import dataclass
from enum import StrEnum

LANES = 1000  # A job that leaves room for no other takes all of these.
MOST_UNITS = 100


class Room(StrEnum):
    """How much of a person a service takes."""

    WHOLE = "exclusive"
    SHARED = "capacity"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Lanes:
    """Numbered lanes, from one up to, and without, another."""

    first: int
    end: int

    def meets(self, other: "Lanes") -> bool:
        """Tell whether two jobs could not run at once."""
        return self.first < other.end and other.first < self.end

    @property
    def attended(self) -> bool:
        """Tell whether the person is there: background work needs nobody to watch it."""
        return self.first < LANES


WHOLE_PERSON = Lanes(0, LANES)


def choices_of(room: Room, units: int) -> list[Lanes]:
    """Return the lanes a job may take, one of them, the first that is free."""
    if room == Room.WHOLE:
        return [WHOLE_PERSON]
    base = LANES if room == Room.BACKGROUND else 0
    return [Lanes(base + unit, base + unit + 1) for unit in range(1, units + 1)]
