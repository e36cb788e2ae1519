"""The two marketplaces of the journeys: who is in them, and what they say in their language."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kernel import clock
from kernel.edge import working_for
from kernel.timers import claim_due, run
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
    other: Reader
    code: str = ""
    starts_at: datetime = MONDAY

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
    time: ExitStack = field(default_factory=ExitStack)

    def moves_to(self, moment: datetime) -> None:
        """Let it be later, here and at Stripe, and let everybody do what was due."""
        self.time.enter_context(clock.travelling_to(moment))
        self.stripe.engine.advance(int(moment.timestamp()))
        self.works()

    def passes(self, **time: float) -> None:
        """Let some time pass."""
        self.moves_to(clock.now() + timedelta(**time))

    def works(self) -> None:
        """Stand in for the workers behind the pages, until nothing waits."""
        self.stripe.deliver()
        while due := claim_due(clock.now()):
            for tenant_id, timer_id in due:
                with working_for(tenant_id):
                    run(timer_id)
            self.stripe.deliver()


def people(language: str, *names: str) -> list[Reader]:
    """Return people who read a language."""
    return [Reader(name, language) for name in names]


def patitas() -> Story:
    """Patitas walks dogs in Mexico City, in Spanish."""
    olga, mauricio, ana, clara, lucia = people("es-MX", "olga", "mauricio", "ana", "clara", "lucia")
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
            "taken": "acaba de",
            "wrong_pin": "Este PIN no es correcto. Te quedan 4 intentos.",
            "paid": "Pagado",
        },
        owner=olga,
        moderator=mauricio,
        worker=ana,
        customer=clara,
        other=lucia,
    )


def lar_limpo() -> Story:
    """Lar Limpo cleans homes in São Paulo, in Portuguese."""
    berta, marcos, carla, caio, rita = people("pt-BR", "berta", "marcos", "carla", "caio", "rita")
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
            "taken": "acabou de",
            "wrong_pin": "Este PIN não está certo. Tentativas restantes: 4.",
            "paid": "Pago",
        },
        owner=berta,
        moderator=marcos,
        worker=carla,
        customer=caio,
        other=rita,
    )
