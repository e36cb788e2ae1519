"""Random lives of a business's money: people, the provider, the worker process, and accidents.

Each step is something that can happen in any order: a booking, a payment, a refund, a cash-out, a
webhook that comes twice, late or never, a request whose answer is lost, a process that dies. After
each one the books must balance in every way they can be checked.
"""

import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from random import Random

from payments.models import Advance, CreditUse, Dispute, Entry, Freeze, Payment, Payout, Refund
from tests.support.equations import as_the_provider_says, never_twice, our_own_books
from tests.support.money.deeds import books, complete, deliver, pays
from tests.support.money.life import Step, deed
from tests.support.money.ways import Ways
from tests.support.money.world import World

PRICE = {"share": 51_040, "tip": 5_000, "tenant": 5_248, "platform": 580, "processor": 2_672}


class Anything(Ways):
    """Everything that can happen, and the rest in between."""

    @deed(1)
    def it_comes_to_rest(self) -> None:
        """No more accidents: everything is answered, and both sides' books agree."""
        self.rests()

    def rests(self) -> bool:
        """Come to rest, and compare with the provider; tell whether everything could be known."""
        known = self.world.rests()
        if known:
            self.world.happened["compared with the provider"] += 1
            as_the_provider_says(self.world.engine)
        return known

    def balances(self) -> None:
        """Check every control equation."""
        our_own_books()
        never_twice(self.world.engine)


def live(world: World, steps: Iterable[Step], *, length: int = 0) -> list[Step]:
    """Live a life of all these steps, or of `length`, checking the books after each; return it."""
    lived: list[Step] = []
    world.begin()
    try:
        life = Anything(world)
        for step in steps:
            lived.append(step)
            if not life.does(step):
                lived.pop()
                continue
            life.balances()
            if life.goes_on():
                life.balances()
            if len(lived) == length:
                break
        life.rests()
        life.balances()
        world.happened.update(_written())
    except BaseException as error:
        error.add_note(as_lines(lived))
        raise
    finally:
        world.end()
    return lived


def as_lines(steps: Sequence[Step]) -> str:
    """Return steps as lines."""
    return "\n".join(f"{number:4}. {step}" for number, step in enumerate(steps, 1))


def shortest(world: World, steps: Sequence[Step]) -> list[Step]:
    """Leave out whatever does not matter to how a life fails; each try is a life of its own."""
    kept, fails = list(steps), _failure(world, steps)
    size = len(kept) // 2
    while size:
        place = 0
        while place < len(kept):
            tried = kept[:place] + kept[place + size :]
            if _failure(world, tried) == fails:
                kept = tried
            else:
                place += size
        size //= 2
    return kept


def _failure(world: World, steps: Sequence[Step]) -> str:
    """Say where a life fails, and with what; nothing if it does not."""
    try:
        live(world, steps)
    except Exception as error:  # noqa: BLE001 Whatever it is, the question is whether it stays.
        frames = traceback.extract_tb(error.__traceback__)
        ours = [each for each in frames if "site-packages" not in each.filename]
        return f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno}"
    return ""


def _written() -> Counter[str]:
    """Count what the books and rows say has happened in a life."""
    told = Counter(Entry.objects.values_list("kind", flat=True))
    tips = Payment.objects.filter(kind=Payment.TIP)
    told["dispute appealed"] = Dispute.objects.filter(rounds__gt=0, state=Dispute.WON).count()
    told["fraud warning"] = Dispute.objects.filter(kind=Dispute.WARNING).count()
    told["card charged without its owner"] = tips.filter(page_ref="", state="captured").count()
    told["card wants its owner"] = tips.filter(failure="authentication_required").count()
    told["refund refused"] = Refund.objects.exclude(failure="").count()
    told["refund made needless"] = Refund.objects.filter(state=Refund.CHARGED_BACK).count()
    told["cash-out waited for money"] = Payout.objects.filter(sends__gt=0).count()
    told["cash-out lent"] = Advance.objects.exclude(state=Advance.DROPPED).count()
    told["paid after it was called off"] = Refund.objects.filter(reason="paid_too_late").count()
    told["credits let go"] = CreditUse.objects.filter(state=CreditUse.RETURNED).count()
    told["wallet frozen"] = Freeze.objects.count()
    return +told


@contextmanager
def a_business() -> Iterator[World]:
    """Open the world in which lives begin: jobs paid, delivered and done, and full wallets."""
    world = World()
    with world.open():
        _good_days(world)
        world.remember()
        yield world


def _good_days(world: World) -> None:
    """Let the workers be paid for four jobs, have two delivered, two ahead, and others unpaid."""
    calm = Random(0)
    for worker in world.workers:
        world.stripe.onboards(worker)
    world.works(calm)
    world.lets_pass(timedelta(hours=50))  # New bank accounts wait for two days.
    booked = [books(world, each, keeps=each < 3, **PRICE) for each in range(8)]
    for payment in booked:
        pays(world, payment, "visa")
    world.brings(calm)
    world.works(calm)
    world.lets_pass(timedelta(hours=72))  # Cards settle after two days.
    for payment in booked[:6]:
        deliver(world.jobs[payment.pk])
    for payment in booked[:4]:
        complete(world.jobs[payment.pk])
    pays(world, books(world, 0, keeps=False, **PRICE), "oxxo")
    pays(world, books(world, 1, keeps=False, capture="manual", **PRICE), "visa")
    books(world, 0, keeps=True, **PRICE)
    world.brings(calm)
    world.works(calm)
