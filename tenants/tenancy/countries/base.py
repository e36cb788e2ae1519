"""What a country decides for the marketplaces in it: money, clocks, language, phones, papers."""

from dataclasses import dataclass

from kernel.errors import Invalid


class CountryUnknown(Invalid):
    code = "country.unknown"
    title = "We are not in this country yet."


@dataclass(frozen=True, slots=True)
class City:
    """A city people open marketplaces in: where it lies and which clock it keeps."""

    name: str
    latitude: float
    longitude: float
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country's profile. The first city stands for all that we do not know."""

    code: str
    name: str
    currency: str
    locale: str
    national_ids: tuple[str, ...]
    cities: tuple[City, ...]
    rest_hours: int = 0  # Between two days of work, by law; have a lawyer confirm it.

    def city(self, name: str) -> City:
        """Return a city by its name, however it is written, or the country's first."""
        wanted = name.strip().casefold()
        return next(
            (each for each in self.cities if each.name.casefold() == wanted), self.cities[0]
        )


COUNTRIES: dict[str, Country] = {}


def register(profile: Country) -> Country:
    """Add a country."""
    COUNTRIES[profile.code] = profile
    return profile


def country(code: str) -> Country:
    """Return a country by its ISO 3166-1 code."""
    if code not in COUNTRIES:
        raise CountryUnknown(fields=["country"])
    return COUNTRIES[code]
