"""What a worker would do a job for, and when."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Worker, WorkerService
from marketplace.jobs.models.job import Job
from marketplace.jobs.rules.offering import MOST_ROUNDS, Part, Terms
from marketplace.jobs.rules.states import LIVE, OfferState
from tenants.tenancy.models import TenantModel

TAKES_A_PLACE = (*LIVE, OfferState.ACCEPTED)


class JobOffer(TenantModel):
    """An offer for a job. It takes one of the job's places, `places` in all, while it is alive."""

    rights: ClassVar[str] = "select, insert, update"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="offers")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    worker_service = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField(help_text="How many offers the job takes.")
    lines = models.JSONField()
    amount_minor = models.BigIntegerField(help_text="The work, as the lines add up.")
    minutes = models.PositiveSmallIntegerField()
    slots = models.JSONField(default=list)
    message = models.CharField(max_length=1_000, blank=True)
    state = models.CharField(max_length=10, default=OfferState.SENT)
    version = models.PositiveIntegerField(default=1)
    rounds = models.PositiveSmallIntegerField(default=0)
    wanted_minor = models.BigIntegerField(null=True, help_text="What the customer asked for last.")
    wanted_words = models.CharField(max_length=1_000, blank=True)
    valid_until = models.DateTimeField()
    retime_until = models.DateTimeField(null=True)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_offer_state_known",
                condition=Q(state__in=[each.value for each in OfferState]),
            ),
            models.CheckConstraint(
                name="job_offer_within_limits",
                condition=Q(
                    places__range=(1, 20),
                    place__gte=1,
                    place__lte=F("places"),
                    rounds__lte=MOST_ROUNDS,
                    amount_minor__gt=0,
                    minutes__range=(15, 720),
                ),
            ),
            models.CheckConstraint(
                name="job_offer_booked_when_accepted",
                condition=Q(booking__isnull=True) | Q(state=OfferState.ACCEPTED.value),
            ),
            models.UniqueConstraint(
                fields=["tenant", "job", "place"],
                name="job_offers_no_more_than_places",
                condition=Q(state__in=[each.value for each in TAKES_A_PLACE]),
            ),
            models.UniqueConstraint(
                fields=["tenant", "job", "worker"],
                name="job_offer_one_alive_of_a_worker",
                condition=Q(state__in=[each.value for each in LIVE]),
            ),
            models.UniqueConstraint(
                fields=["tenant", "job"],
                name="job_offer_one_accepted",
                condition=Q(state=OfferState.ACCEPTED.value),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "worker", "sent_at"], name="job_offer_of_worker")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.worker_id} {self.state}"

    @property
    def is_live(self) -> bool:
        """Tell whether somebody may still say yes to it."""
        return self.state in LIVE

    @property
    def amount(self) -> Money:
        """What the work costs, before the customer's fee."""
        return Money(self.job.currency, self.amount_minor)

    @property
    def wanted(self) -> Money | None:
        """What the customer asked for last."""
        return None if self.wanted_minor is None else Money(self.job.currency, self.wanted_minor)

    @property
    def times(self) -> tuple[datetime, ...]:
        """When the worker could begin."""
        return tuple(map(datetime.fromisoformat, self.slots))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The lines of what it costs."""
        return tuple(Part(**each) for each in self.lines)

    def take_slots(self, slots: Iterable[datetime]) -> None:
        """Take the times at which the worker could begin, the first first."""
        self.slots = [each.isoformat() for each in sorted(slots)]

    def take_terms(self, terms: Terms) -> None:
        """Take what the worker offers, in place of what was."""
        self.lines = [
            {"label": each.label, "unit_minor": each.unit_minor, "quantity": each.quantity}
            for each in terms.parts
        ]
        self.amount_minor, self.minutes = terms.amount_minor, terms.minutes
        self.message = terms.message
        self.take_slots(terms.slots)
