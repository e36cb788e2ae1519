"""How a niche is described: categories, services, texts in three languages, prices by currency."""

from dataclasses import dataclass

from kernel.money import EXPONENTS

CURRENCIES = ("MXN", "BRL", "CLP", "COP", "ARS", "PEN")
# Elsewhere: what one Mexican peso of daily services roughly costs there.
PER_PESO = {"USD": 0.055, "EUR": 0.05, "UYU": 2.2, "PYG": 400, "BOB": 0.4, "DOP": 3.4}

Words = tuple[str, str, str]  # Spanish, Portuguese, English.
LANGUAGES = ("es", "pt", "en")
SITE_LANGUAGES = ("es", "pt-br", "en")


@dataclass(frozen=True, slots=True)
class Extra:
    """An add-on: its price in whole pesos, reales and so on, as in `CURRENCIES`."""

    words: Words
    prices: tuple[int, ...]
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A variant of a service: its name, its length, its price."""

    words: Words
    minutes: int
    prices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted where a price is for one: from how many to how many, minutes each."""

    unit: str
    least: int
    most: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question: about what, what kind of answer, among which, and on which shelf only."""

    code: str
    kind: str
    words: Words
    target: str = "booking"
    options: tuple[tuple[str, Words], ...] = ()
    shelf: str = ""
    filterable: bool = False
    consent: Words | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A service: how long, how dear, how it is booked, and how it is told."""

    slug: str
    minutes: int
    prices: tuple[int, ...]
    words: Words
    about: Words
    extras: tuple[Extra, ...] = ()
    mode: str = "instant"
    forms: tuple[Form, ...] = ()
    counted: Counted | None = None
    location: str = "at_customer"
    completion: str = "pin"
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category and what is on it."""

    slug: str
    icon: str
    words: Words
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Niche:
    """A kind of business."""

    code: str
    shelves: tuple[Shelf, ...]
    asks: tuple[Ask, ...] = ()

    @property
    def offers(self) -> list[Offer]:
        """Everything on offer, in order."""
        return [offer for shelf in self.shelves for offer in shelf.offers]


NICHES: dict[str, Niche] = {}


def niche(code: str, *shelves: Shelf, asks: tuple[Ask, ...] = ()) -> Niche:
    """Declare a niche template: what is on offer, and what is asked about it."""
    NICHES[code] = Niche(code, shelves, asks)
    return NICHES[code]


def around(pesos: int) -> tuple[int, ...]:
    """Return a price of Mexican pesos as it is usual elsewhere, in round figures."""
    usual = (1, 0.26, 46, 165, 52, 0.19)
    return tuple(_round(pesos * rate) for rate in usual)


def _round(price: float) -> int:
    step = 5 if price < 1_000 else 500 if price < 50_000 else 1_000
    return max(step, round(price / step) * step)


def niche_for(code: str) -> Niche:
    """Return the template of a niche, or the general one where there is none of its own."""
    return NICHES.get(code) or NICHES["general"]


def said(words: Words, locale: str) -> str:
    """Return the words in a tenant's language; Spanish where we have none."""
    language = locale[:2]
    return words[LANGUAGES.index(language) if language in LANGUAGES else 0]


def in_others(locale: str, **texts: Words) -> dict[str, dict[str, str]]:
    """Return texts in the languages that are not the tenant's own, by language and field."""
    return {
        language: {field: words[place] for field, words in texts.items()}
        for place, language in enumerate(SITE_LANGUAGES)
        if language[:2] != locale[:2]
    }


def price_minor(prices: tuple[int, ...], currency: str) -> int:
    """Return a price in minor units of a currency, estimated where none is given."""
    unit: int = 10 ** EXPONENTS[currency]
    if currency in CURRENCIES:
        return prices[CURRENCIES.index(currency)] * unit
    estimate = prices[0] * PER_PESO.get(currency, 0.06)
    return max(1, round(estimate)) * unit
