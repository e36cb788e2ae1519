"""A life: deeds drawn by chance, one after the other; each can be done again exactly as it was."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from payments.models import Earning, Payment
from tests.support.money.world import Job, World

T = TypeVar("T")
Draw = Callable[[Random], Any]


class NothingThere(Exception):
    """What was drawn cannot be done now: nobody is there to do it with."""


def number(least: int, most: int) -> Draw:
    """Draw a whole number."""
    return lambda luck: luck.randint(least, most)


def one(*things: Any) -> Draw:
    """Draw one of several things."""
    return lambda luck: luck.choice(things)


some, maybe = number(0, 999), one(False, True)


def deed(often: float = 2, **draws: Draw) -> Callable[[T], T]:
    """Declare something that can happen in a life, how often, and with what drawn for it."""

    def declare(method: T) -> T:
        method.__dict__["drawn"] = (often, draws)
        return method

    return declare


@dataclass(frozen=True, slots=True)
class Step:
    """One deed as it was done; `luck` decides what went on afterwards."""

    name: str
    drawn: dict[str, Any]
    luck: int

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{k}={v!r}' for k, v in self.drawn.items())})"


@dataclass
class Life:
    """A life in a world; what can happen is what subclasses declare."""

    world: World
    luck: Random = field(default_factory=lambda: Random(0))

    @classmethod
    def deeds(cls) -> dict[str, tuple[float, dict[str, Draw]]]:
        """Return all that can happen, by name: how often, and what is drawn for it."""
        methods = {name: getattr(cls, name) for name in dir(cls)}
        return {name: each.drawn for name, each in methods.items() if hasattr(each, "drawn")}

    @classmethod
    def drawn(cls, luck: Random) -> Iterator[Step]:
        """Draw deeds without end."""
        deeds = cls.deeds()
        names, weights = list(deeds), [often for often, _ in deeds.values()]
        while True:
            (name,) = luck.choices(names, weights)
            given = {each: draw(luck) for each, draw in deeds[name][1].items()}
            yield Step(name, given, luck.getrandbits(32))

    def does(self, step: Step) -> bool:
        """Do a deed, if it can be done, and let the world go on; tell whether it was done."""
        self.luck = Random(step.luck)
        try:
            getattr(self, step.name)(**step.drawn)
        except NothingThere:
            return False
        return True

    def goes_on(self) -> bool:
        """Let messages arrive and work be done after half the deeds; tell whether they were."""
        if self.luck.random() < 0.5:
            return False
        self.world.brings(self.luck, ill=0.15, shuffled=self.luck.random() < 0.3)
        if self.luck.random() < 0.8:
            self.world.works(self.luck)
        return True

    # Looking around.

    def one_of(self, things: Sequence[T], which: int) -> T:
        """Return one of several things, if there is any."""
        if not things:
            raise NothingThere
        return things[which % len(things)]

    def jobs_paid(self) -> list[Job]:
        """Return jobs that are paid and not delivered, oldest first."""
        earned = Earning.objects.values("payment_id")
        rows = Payment.objects.filter(state="captured", kind=Payment.JOB).exclude(pk__in=earned)
        return [self.world.jobs[pk] for pk in rows.order_by("pk").values_list("pk", flat=True)]

    def jobs_delivered(self, state: str) -> list[Job]:
        """Return jobs that are delivered (`accrued`), or completed too (`released`)."""
        rows = Earning.objects.filter(state=state).order_by("pk")
        return [self.world.jobs[pk] for pk in rows.values_list("payment_id", flat=True)]
