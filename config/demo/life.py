"""Sixty days at a marketplace: who books whom, what becomes of it, and who takes money home."""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from config.demo.opening import Stage
from config.demo.outside import Sandbox
from config.demo.pictures import finished_work
from config.demo.timeline import Act, Timeline
from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import Refusal
from kernel.money import Money
from marketplace.bookings.actions.book import book
from marketplace.bookings.actions.quote import Wish, make_quote
from marketplace.bookings.actions.take_offer import take_offer
from marketplace.bookings.actions.take_step import Facts, take_step
from marketplace.bookings.models import Booking, Offered
from marketplace.bookings.queries.bookings import booking
from marketplace.catalog.models import Service, WorkerService
from marketplace.matching.queries import free_slots
from payments.actions.cash_out import cash_out
from payments.actions.open_page import open_page
from payments.models import Payment
from payments.queries import cash_out_quote
from tenants.identity.queries.visits import codes_of
from tenants.tenancy.actions.join import join
from tenants.tenancy.models import User

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PER_DAY, REGULAR_EVERY = 0.9, 7
CANCELLED, DECLINED = 0.06, 0.05
TIPS_BEFORE, TIPS_LATER = 0.22, 0.18
CONFIRMS = 0.7
SAVING_DAYS = 3
USUAL_CARDS = ("visa", "mastercard")


def _bookable() -> QuerySet[WorkerService]:
    """Return what can be booked at its price; for the rest customers describe a job."""
    offered = WorkerService.objects.filter(state=WorkerService.PUBLISHED)
    priced = offered.exclude(service__booking_mode=Service.POST)
    return priced.select_related("worker__member", "service")


class Life:
    """What happens at one marketplace; it plans itself day by day on the timeline."""

    def __init__(self, stage: Stage, timeline: Timeline, sandbox: Sandbox) -> None:
        self.stage = stage
        self.sandbox = sandbox
        self._timeline = timeline
        self._chance = random.Random(stage.tenant.slug)
        self._zone = ZoneInfo(stage.tenant.timezone)
        self.cards = {name: self._chance.choice(USUAL_CARDS) for name in stage.customers}
        self.after_visit: list[Callable[[UUID], None]] = []
        self._certain: set[UUID] = set()
        self._end = clock.now()

    def plan(self, first: datetime, days: int) -> None:
        """Put the requests and the cash-outs of some days on the timeline."""
        self._end = first + days * DAY
        for day in range(days):
            midnight = (first + day * DAY).astimezone(self._zone)
            wanted = int(PER_DAY + self._chance.random() + day / days)
            for _ in range(wanted):
                hour = self._chance.choice((8, 9, 11, 13, 17, 19, 20, 21))
                minute = self._chance.randrange(60)
                moment = datetime.combine(midnight.date(), time(hour, minute), self._zone)
                self.at(moment, self.somebody_books)
            self.at(datetime.combine(midnight.date(), time(21, 30), self._zone), self.cash_out_all)
        self._plan_regulars(first, days)

    def _plan_regulars(self, first: datetime, days: int) -> None:
        """Let the people whom visitors of the demo can be meet now and then, also tomorrow."""
        for day in (*range(2, days, REGULAR_EVERY), max(days - SAVING_DAYS, 0), days - 1):
            moment = first + day * DAY + 3 * HOUR
            self.at(moment, self._regular_books)
        self.at(first + days * DAY - 20 * MINUTE, self._regular_books)
        self.at(first + days * DAY - 12 * MINUTE, self._somebody_is_looked_for)

    def _somebody_is_looked_for(self) -> None:
        """Leave one job that nobody has taken yet, for visitors of the demo to take."""
        offers = WorkerService.objects.filter(service__booking_mode=Service.DISPATCH)
        offer = offers.select_related("worker__member", "service").order_by("pk").first()
        if offer is not None:
            self.book(self.stage.business.customers[1], offer, within=2 * DAY, left_open=True)

    def _regular_books(self) -> None:
        business = self.stage.business
        worker = self.stage.workers[business.workers[0]]
        offers = _bookable().filter(worker__member_id=worker.member_id)
        offers = offers.exclude(service__booking_mode=Service.DISPATCH)
        self.book(business.customers[0], self._chance.choice(list(offers)), within=DAY)

    def at(self, moment: datetime, act: Act) -> None:
        """Put something on the timeline of this marketplace."""
        self._timeline.at(moment, act, tenant_id=self.stage.tenant.pk)

    def likely(self, chance: float) -> bool:
        """Throw a coin that falls the same way at every telling."""
        return self._chance.random() < chance

    def minutes(self, low: int, high: int) -> timedelta:
        """Return some minutes between two numbers."""
        return self._chance.randint(low, high) * MINUTE

    def somebody_books(self) -> None:
        """Let one of the customers book somebody who is free in the coming days."""
        name = self._chance.choice(sorted(self.stage.customers))
        offer = self._chance.choice(list(_bookable().order_by("pk")))
        self.book(name, offer, within=self._chance.choice((1, 1, 2, 3, 4)) * DAY)

    def book(
        self,
        name: str,
        offer: WorkerService,
        *,
        within: timedelta = DAY,
        card: str | None = None,
        certain: bool = False,
        left_open: bool = False,
    ) -> Booking | None:
        """Let a customer book and pay; None when nothing is free, or they live too far away.

        A `certain` one is for the next slot, and nobody declines it, cancels it or comes late;
        the customer confirms it at once. One that is `left_open` is paid, and nobody takes it.
        """
        at = clock.now()
        minutes = offer.service.minutes
        slots = free_slots(
            worker_service=offer, minutes=minutes, from_=at + 3 * HOUR, to=at + within + DAY
        )
        if not slots:
            return None
        by, home = self.stage.customers[name], self.stage.homes[name]
        wish = Wish(
            worker_service_id=offer.pk,
            starts_at=(slots[0] if certain else self._chance.choice(slots)).starts_at,
            address=f"{home.street}, {home.zone}",
            latitude=home.latitude,
            longitude=home.longitude,
            note=self._chance.choice(self.stage.business.notes),
            tip_minor=2000 if self.likely(TIPS_BEFORE) else 0,
        )
        try:
            made = book(by=by, quote_id=make_quote(by=by, wish=wish).pk)
        except Refusal:  # Too far away, or booked by herself: she looks for somebody else.
            return None
        if certain:
            self._certain.add(made.pk)
        card = card or self.cards[name]
        self.at(at + self.minutes(1, 4), lambda: self._pay(made.pk, by, card, then=not left_open))
        return made

    def _pay(self, booking_id: UUID, by: Actor, card: str, *, then: bool = True) -> None:
        payment_id = booking(booking_id).payment_id
        assert payment_id is not None
        open_page(by=by, payment_id=payment_id)
        self.sandbox.pay(Payment.objects.get(pk=payment_id).page_ref, card=card)
        if then:
            self.at(clock.now() + self.minutes(5, 50), lambda: self._decide(booking_id))

    def _taken(self, booking_id: UUID) -> bool:
        """Let one of those who were asked take a job; at night nobody is asked before morning."""
        asked = Offered.objects.filter(booking_id=booking_id, state=Offered.OPEN)
        for offered in asked.select_related("worker").order_by("rank"):
            by = Actor(role=Role.WORKER, member_id=offered.worker.member_id)
            try:
                take_offer(by=by, offered_id=offered.pk)
            except Refusal:  # Booked by somebody else meanwhile.
                continue
            return True
        if booking(booking_id).state == "matching":
            self.at(clock.now() + HOUR, lambda: self._decide(booking_id))
        return False

    def _decide(self, booking_id: UUID) -> None:
        """Let the worker answer a request, and plan the visit."""
        if booking(booking_id).nobody_yet and not self._taken(booking_id):
            return
        found = booking(booking_id)
        worker, certain = self.worker_of(found), booking_id in self._certain
        if found.state == "requested":
            if not certain and self.likely(DECLINED):
                self.step(worker, booking_id, "decline", reason="Ese día no alcanzo a llegar.")
                return
            self.step(worker, booking_id, "accept")
        if not certain and self.likely(CANCELLED):
            self.at(
                found.starts_at - self.minutes(200, 900),
                lambda: self._cancel(booking_id),
            )
            return
        late = self.minutes(-4, 6) if certain or not self.likely(0.08) else self.minutes(25, 45)
        self.at(found.starts_at - self.minutes(18, 40), lambda: self._depart(booking_id))
        self.at(found.starts_at + late, lambda: self._arrive(booking_id))

    def _cancel(self, booking_id: UUID) -> None:
        self.step(self.customer_of(booking(booking_id)), booking_id, "cancel")

    def _depart(self, booking_id: UUID) -> None:
        self.step(self.worker_of(booking(booking_id)), booking_id, "depart")

    def _arrive(self, booking_id: UUID) -> None:
        found = booking(booking_id)
        worker = self.worker_of(found)
        self.step(worker, booking_id, "arrive")
        self.step(worker, booking_id, "check_in", pin=codes_of(booking_id).start_pin)
        length = found.ends_at - found.starts_at
        self.at(clock.now() + length + self.minutes(-3, 6), lambda: self._leave(booking_id))

    def _leave(self, booking_id: UUID) -> None:
        photos = (finished_work(str(booking_id)),) if self.likely(0.6) else ()
        found = booking(booking_id)
        worker = self.worker_of(found)
        take_step(by=worker, booking_id=booking_id, step="check_out", facts=Facts(photos=photos))
        for follow in self.after_visit:
            follow(booking_id)
        if booking_id in self._certain:
            self.at(clock.now() + 10 * MINUTE, lambda: self._confirm(booking_id))
        elif self.likely(CONFIRMS):
            self.at(clock.now() + self.minutes(10, 300), lambda: self._confirm(booking_id))

    def _confirm(self, booking_id: UUID) -> None:
        self.step(self.customer_of(booking(booking_id)), booking_id, "confirm")

    def step(
        self, by: Actor, booking_id: UUID, name: str, *, reason: str = "", pin: str = ""
    ) -> None:
        """Take a step on a booking that its process allows now."""
        take_step(by=by, booking_id=booking_id, step=name, facts=Facts(reason=reason, pin=pin))

    def worker_of(self, found: Booking) -> Actor:
        """Return the worker of a booking."""
        return Actor(role=Role.WORKER, member_id=found.worker.member_id)

    def customer_of(self, found: Booking) -> Actor:
        """Return the customer of a booking."""
        return Actor(role=Role.CUSTOMER, member_id=found.customer_id)

    def joins_as_customer(self, person: User, *, home_of: str) -> str:
        """Let somebody who works here shop here, too; return the name they shop under."""
        name = str(person)
        shopper = join(user=person, role=Role.CUSTOMER)
        self.stage.customers[name] = Actor(role=Role.CUSTOMER, member_id=shopper.pk)
        self.stage.homes[name], self.cards[name] = self.stage.homes[home_of], "visa_b"
        return name

    def cash_out_all(self) -> None:
        """Let about a third of the workers take home whatever they may, for free.

        Whom visitors of the demo can be saves up in the last days, to have something to take.
        """
        currency, saving = self.stage.tenant.currency, clock.now() > self._end - SAVING_DAYS * DAY
        for number, by in enumerate(self.stage.workers.values()):
            if saving and number == 0:
                continue
            answer = cash_out_quote(by)
            if not self.likely(0.35) or not answer.allowed_minor:
                continue
            key = f"demo:{number}:{clock.now():%Y%m%d}"
            amount = Money(currency, answer.option("free").most_minor)
            cash_out(by=by, amount=amount, option="free", key=key)
