"""A job going round: the waves in which it was offered, and to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models.booking import Booking
from marketplace.catalog.models import Worker, WorkerService
from tenants.tenancy.models import TenantModel


class Wave(TenantModel):
    """One round of asking, with the record of why these and in this order."""

    rights: ClassVar[str] = "select, insert"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="waves")
    entry = models.PositiveSmallIntegerField(help_text="Of the booking's states: which search.")
    number = models.PositiveSmallIntegerField()
    decision_id = models.UUIDField()
    asked = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "booking", "entry", "number"], name="wave_once_per_search"
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.number}"


class Offered(TenantModel):
    """A job that was offered to somebody: open until one takes it, or it is over."""

    OPEN, TAKEN, DECLINED, GONE = STATES = ("open", "taken", "declined", "gone")
    rights: ClassVar[str] = "select, insert, update"

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="offers")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    entry = models.PositiveSmallIntegerField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    km = models.FloatField()
    reasons = models.JSONField(default=list)
    net_minor = models.BigIntegerField(
        null=True, help_text="What this worker would get; rows of before that was kept have none."
    )
    state = models.CharField(max_length=8, default=OPEN)
    at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "booking", "entry", "worker"], name="offered_once_per_search"
            ),
            models.UniqueConstraint(
                fields=["tenant", "booking", "entry"],
                name="one_worker_takes_a_job",
                condition=Q(state="taken"),
            ),
            models.CheckConstraint(
                name="offered_state_known",
                condition=Q(state__in=("open", "taken", "declined", "gone")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "worker", "state"], name="offered_to_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} → {self.worker_id} {self.state}"

    @property
    def net_pay(self) -> Money:
        """What this worker gets if they take it."""
        if self.net_minor is None:
            return self.booking.net_pay
        return Money(self.booking.currency, self.net_minor)
