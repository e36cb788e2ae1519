"""Where somebody works: circles over the round Earth, borders and postal codes."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kernel.errors import Invalid

EARTH_KM = 6371.0088
SMALLEST_KM, LARGEST_KM = 1, 100
KM_PER_DEGREE = math.pi * EARTH_KM / 180
GRID_KM = 0.5
FEWEST_CORNERS, MOST_CORNERS, MOST_PARTS = 3, 200, 60
ON_EDGE_DEGREES = 1e-6


class AreaInvalid(Invalid):
    """No such circle."""

    code = "area.invalid"
    title = "An area needs a point on the map and 1 to 100 km around it."


class BorderInvalid(Invalid):
    """A border that encloses nothing, or is too fine."""

    code = "area.border"
    title = "A border has 3 to 200 corners, each a latitude and a longitude."


@dataclass(frozen=True, slots=True)
class Place:
    """A point, in degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise AreaInvalid(fields=["latitude", "longitude"])


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything up to some kilometres from a base; the border is inside."""

    base: Place
    radius_km: float

    def __post_init__(self) -> None:
        if not SMALLEST_KM <= self.radius_km <= LARGEST_KM:
            raise AreaInvalid(fields=["radius_km"])

    def contains(self, place: Place) -> bool:
        """Tell whether somebody who works here goes there."""
        return distance_km(self.base, place) <= self.radius_km


@dataclass(frozen=True, slots=True)
class Polygon:
    """Everything within a border of 3 to 200 corners; the border itself is inside."""

    corners: tuple[Place, ...]

    def __post_init__(self) -> None:
        if not FEWEST_CORNERS <= len(self.corners) <= MOST_CORNERS:
            raise BorderInvalid(fields=["border"])

    def contains(self, place: Place) -> bool:
        """Tell whether a point is inside, by how often a ray to the east crosses the border."""
        inside = False
        for one, other in zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True):
            if _on_edge(place, one, other):
                return True
            if (one.latitude > place.latitude) != (other.latitude > place.latitude):
                share = (place.latitude - one.latitude) / (other.latitude - one.latitude)
                if place.longitude < one.longitude + share * (other.longitude - one.longitude):
                    inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class PostalCode:
    """Every address with a postal code, however it is written."""

    code: str


Part = Circle | Polygon | PostalCode


@dataclass(frozen=True, slots=True)
class Area:
    """Where somebody goes: all of some parts together, without what is cut out."""

    parts: tuple[Part, ...]
    without: tuple[Part, ...] = ()

    def contains(self, place: Place, postal_code: str = "") -> bool:
        """Tell whether somebody who works here goes there."""
        return _in_any(self.parts, place, postal_code) and not _in_any(
            self.without, place, postal_code
        )


def _in_any(parts: Iterable[Part], place: Place, postal_code: str) -> bool:
    code = plain_postal(postal_code)
    return any(
        bool(code) and plain_postal(part.code) == code
        if isinstance(part, PostalCode)
        else part.contains(place)
        for part in parts
    )


def plain_postal(code: str) -> str:
    """Return a postal code without blanks and hyphens: "01310-100" → "01310100"."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def _on_edge(place: Place, one: Place, other: Place) -> bool:
    """Tell whether a point lies on the line between two corners, to a tenth of a metre."""
    across = other.longitude - one.longitude, other.latitude - one.latitude
    to = place.longitude - one.longitude, place.latitude - one.latitude
    length = math.hypot(*across)
    if length == 0:
        return math.hypot(*to) <= ON_EDGE_DEGREES
    along = (to[0] * across[0] + to[1] * across[1]) / length
    aside = abs(to[0] * across[1] - to[1] * across[0]) / length
    return aside <= ON_EDGE_DEGREES and -ON_EDGE_DEGREES <= along <= length + ON_EDGE_DEGREES


def middle(corners: Sequence[Place]) -> Place:
    """Return a point in the middle of some corners: where a part of town is said to be."""
    count = len(corners)
    return Place(
        sum(each.latitude for each in corners) / count,
        sum(each.longitude for each in corners) / count,
    )


def distance_km(one: Place, other: Place) -> float:
    """Return the great-circle distance (haversine)."""
    phi, psi = math.radians(one.latitude), math.radians(other.latitude)
    d_phi, d_lambda = psi - phi, math.radians(other.longitude - one.longitude)
    h = math.sin(d_phi / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(d_lambda / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def snapped(base: Place) -> Place:
    """Return the middle of the 500 m square somebody lives in: what strangers may measure from."""
    step = GRID_KM / KM_PER_DEGREE
    latitude = round(base.latitude / step) * step
    across = step / max(0.01, math.cos(math.radians(latitude)))
    return Place(latitude, round(base.longitude / across) * across)


def public_km(km: float) -> float:
    """Return a distance as strangers see it: rounded up to half a kilometre."""
    return math.ceil(km / GRID_KM) * GRID_KM
