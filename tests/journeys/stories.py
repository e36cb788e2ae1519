"""The two marketplaces of the journeys: who is in them, and what they say in their language."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.reader import Reader
from tests.support.sandbox import StripeSandbox

MONDAY = datetime(2026, 3, 2, 15, tzinfo=UTC)  # Nine in Mexico City, noon in São Paulo.


@dataclass
class Story:
    """One marketplace, from nothing: its people, its words, its numbers."""

    slug: str
    name: str
    niche: str
    country: str
    city: str
    language: str
    service: str
    search: str
    national_number: str
    words: dict[str, str]
    owner: Reader
    moderator: Reader
    worker: Reader
    customer: Reader
    settles_days: int
    zone: str = ""
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Where it is."""
        return f"{self.slug}.localhost"

    def at(self, path: str) -> str:
        """Return an address there."""
        return f"http://{self.host}{path}"


@dataclass
class World:
    """A story and the company outside that moves its money."""

    story: Story
    stripe: StripeSandbox


def people(language: str, *names: str) -> list[Reader]:
    """Return people who read a language."""
    return [Reader(name, language) for name in names]


def patitas() -> Story:
    """Patitas walks dogs in Mexico City, in Spanish."""
    olga, mauricio, ana, clara = people("es-MX", "olga", "mauricio", "ana", "clara")
    return Story(
        slug="patitas",
        name="Patitas",
        niche="pet_care",
        country="MX",
        city="Ciudad de México",
        language="es",
        service="Clase de obediencia",
        search="obediencia",
        national_number="BOXW310820HNERXN09",
        words={
            "parts": "Tu precio, en seis partes",
            "valid": "Credencial válida",
            "confirmed": "Confirmada",
        },
        owner=olga,
        moderator=mauricio,
        worker=ana,
        customer=clara,
        settles_days=0,
    )


def lar_limpo() -> Story:
    """Lar Limpo cleans homes in São Paulo, in Portuguese."""
    berta, marcos, carla, caio = people("pt-BR", "berta", "marcos", "carla", "caio")
    return Story(
        slug="lar-limpo",
        name="Lar Limpo",
        niche="cleaning",
        country="BR",
        city="São Paulo",
        language="pt-br",
        service="Limpeza pós-obra",
        search="obra",
        national_number="390.533.447-05",
        words={
            "parts": "Seu preço, em seis partes",
            "valid": "Crachá válido",
            "confirmed": "Confirmada",
        },
        owner=berta,
        moderator=marcos,
        worker=carla,
        customer=caio,
        settles_days=40,
    )
