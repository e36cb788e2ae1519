"""What people of the demo think: reviews, answers, and one review too good to be true."""

import random
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.core.files.base import File

from config.demo.life import DAY, HOUR, MINUTE, Life
from config.demo.pictures import finished_work
from kernel import clock
from kernel.actor import Actor
from kernel.errors import Refusal
from marketplace.bookings.models import Booking
from marketplace.bookings.queries.bookings import booking
from marketplace.catalog.models import Service, WorkerService
from reviews.actions.see_device import see_device
from reviews.actions.submit_review import submit_private, submit_review
from surveys.actions.answer import answer
from surveys.actions.open_wave import open_wave
from surveys.actions.speak import speak
from surveys.models import Invitation, WaveInvite
from surveys.queries import code_of
from surveys.rules.surveys import WaveOpen
from tenants.tenancy.queries import member

CUSTOMER_REVIEWS, WORKER_REVIEWS, WITH_PHOTO = 0.6, 0.55, 0.25
ANSWERS, SPEAKS = 0.65, 0.9
STARS = (5, 5, 5, 5, 5, 4, 4, 4, 3, 2)
RECOMMEND = (10, 10, 9, 9, 9, 8, 8, 7, 6, 10, 9, 4)
WORKERS_SAY = (10, 9, 9, 8, 10, 7, 9, 6, 8, 10)
WAVE_ON_DAYS = (18, 48)
SUSPICIOUS_ON_DAY, DISAPPOINTED_ON_DAY = 50, 54
SUSPECT_CARD = "visa_b"


class Opinions:
    """Plans what people say, beside what they do."""

    def __init__(self, life: Life, *, days: int) -> None:
        self._life = life
        self._days = days
        self._chance = random.Random(f"opinions:{life.stage.tenant.slug}")
        self._praise = list(life.stage.business.praise)
        self._disappointed_after: datetime | None = None
        life.after_visit.append(self.after_visit)

    def plan(self) -> None:
        """Put the waves and the suspicious review on the timeline, scaled to the story's length."""
        for day in WAVE_ON_DAYS:
            self._life.at(self._scaled(day), self._ask_workers)
        self._life.at(self._scaled(SUSPICIOUS_ON_DAY), self._too_good)
        self._disappointed_after = self._scaled(DISAPPOINTED_ON_DAY)

    def _scaled(self, day: int) -> datetime:
        """Return when a day of a sixty-day story is, in one of this length that begins now."""
        return clock.now() + timedelta(days=day * self._days / 60)

    def after_visit(self, booking_id: UUID) -> None:
        """Let both sides say something after a visit, or not."""
        after = clock.now() + self._wait(2, 40)
        if self._likely(CUSTOMER_REVIEWS):
            self._life.at(after, lambda: self._customer_reviews(booking_id))
        if self._likely(WORKER_REVIEWS):
            self._life.at(clock.now() + self._wait(1, 20), lambda: self._worker_reviews(booking_id))
        self._life.at(clock.now() + 3 * HOUR, lambda: self._answer_surveys(booking_id))

    def _likely(self, chance: float) -> bool:
        return self._chance.random() < chance

    def _wait(self, low_hours: int, high_hours: int) -> timedelta:
        return self._chance.randint(low_hours * 60, high_hours * 60) * MINUTE

    def _customer_reviews(self, booking_id: UUID) -> None:
        found = booking(booking_id)
        stars = self._chance.choice(STARS)
        photos = (finished_work(f"review {booking_id}"),) if self._likely(WITH_PHOTO) else ()
        self._review(found, stars=stars, text=self._words(stars), photos=photos)

    def _review(
        self, found: Booking, *, stars: int, text: str, photos: tuple[File[bytes], ...] = ()
    ) -> None:
        by = self._life.customer_of(found)
        assert by.member_id is not None
        person = member(by.member_id).user_id
        seen = see_device(user_id=person, device=f"phone of {found.customer_id}")
        try:
            submit_review(
                by=by,
                booking_id=found.pk,
                stars=stars,
                text=text,
                photos=photos,
                consent=bool(photos),
                device=seen.device,
            )
        except Refusal:  # Cancelled after all, or reviewed too late: nothing to say.
            return

    def _words(self, stars: int) -> str:
        if stars <= 3:
            return self._chance.choice(self._life.stage.business.complaints)
        if not self._praise:
            self._praise = list(self._life.stage.business.praise)
        return self._praise.pop(self._chance.randrange(len(self._praise)))

    def _worker_reviews(self, booking_id: UUID) -> None:
        found, stars = booking(booking_id), self._chance.choice((5, 5, 5, 4, 4, 3))
        try:
            submit_private(by=self._life.worker_of(found), booking_id=booking_id, stars=stars)
        except Refusal:  # The visit did not end well enough to be reviewed.
            return

    def _answer_surveys(self, booking_id: UUID) -> None:
        found = booking(booking_id)
        asked = Invitation.objects.filter(
            member_id=found.customer_id, state=Invitation.State.SENT, expires_at__gt=clock.now()
        )
        for invitation in asked:
            if not (self._disappointing or self._likely(ANSWERS)):
                continue
            if invitation.survey == "nps_rel":
                answer(token=invitation.token, score=self._chance.choice(RECOMMEND))
                continue
            stars = 1 if self._disappointing else self._chance.choice(STARS)
            if self._disappointing:
                self._disappointed_after = None
            stages = ("travel",) if stars <= 3 else ()
            answer(token=invitation.token, score=stars, stages=stages, text=self._words(stars))

    @property
    def _disappointing(self) -> bool:
        """Tell whether the next who is asked had a bad visit: somebody must, near the end."""
        return self._disappointed_after is not None and clock.now() > self._disappointed_after

    def _ask_workers(self) -> None:
        try:
            wave = open_wave(by=self._life.stage.owner)
        except WaveOpen:  # In a short story the first one is still open.
            return
        for place, invite in enumerate(WaveInvite.objects.filter(wave=wave).order_by("pk")):
            if self._likely(SPEAKS):
                score = WORKERS_SAY[place % len(WORKERS_SAY)]
                code = code_of(invite.pk)
                self._life.at(
                    clock.now() + self._wait(3, 150), partial(speak, code=code, score=score)
                )

    def _too_good(self) -> None:
        """Let somebody be praised by an account that pays with the worker's own card."""
        stage = self._life.stage
        worker_name, friend = stage.business.workers[5], stage.business.customers[-1]
        worker = stage.workers[worker_name]
        self._shops_with(worker, stage.business.customers[-2])
        offer = (
            WorkerService.objects.filter(
                worker__member_id=worker.member_id, state=WorkerService.PUBLISHED
            )
            .exclude(service__booking_mode__in=(Service.DISPATCH, Service.POST))
            .select_related("worker__member", "service")
        )
        made = self._life.book(friend, offer[0], card=SUSPECT_CARD, certain=True)
        if made is None:
            return
        assert worker.member_id is not None
        see_device(user_id=member(worker.member_id).user_id, device=f"phone of {made.customer_id}")
        self._life.at(made.ends_at + HOUR, partial(self._worker_reviews, made.pk))
        self._life.at(
            made.ends_at + HOUR,
            lambda: self._review(made, stars=5, text=stage.business.copied_praise),
        )

    def _shops_with(self, worker: Actor, stand_in: str) -> None:
        """Let the worker book a colleague as a customer, with a card of their own."""
        assert worker.member_id is not None
        life, person = self._life, member(worker.member_id).user
        customer = life.joins_as_customer(person, home_of=stand_in)
        others = WorkerService.objects.exclude(worker__member_id=worker.member_id)
        offers = others.filter(state=WorkerService.PUBLISHED).exclude(
            service__booking_mode__in=(Service.DISPATCH, Service.POST)
        )
        for offer in offers.select_related("worker__member", "service").order_by("pk")[:12]:
            if life.book(customer, offer, within=3 * DAY, card=SUSPECT_CARD):
                return
