"""Where somebody works: a circle around a base point, measured over the round Earth."""

import math
from dataclasses import dataclass

from kernel.errors import Invalid

EARTH_KM = 6371.0088
SMALLEST_KM, LARGEST_KM = 1, 100
KM_PER_DEGREE = math.pi * EARTH_KM / 180
GRID_KM = 0.5


class AreaInvalid(Invalid):
    """No such circle."""

    code = "area.invalid"
    title = "An area needs a point on the map and 1 to 100 km around it."


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
