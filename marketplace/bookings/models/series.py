"""Visits that repeat: the agreement, and each of its days."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models.booking import Booking
from marketplace.bookings.models.package import Package
from marketplace.bookings.rules.series import MOST_VISITS, Plan, Rhythm
from marketplace.catalog.models import Worker, WorkerService
from tenants.tenancy.models import Membership, TenantModel


class Series(TenantModel):
    """A customer and a worker meet every so often, at the same local time.

    On services that are asked for, the worker accepts it once. What changes it from a day on ends
    it before that day, and begins another one.
    """

    OFFERED, ACTIVE, DECLINED, ENDED = STATES = ("offered", "active", "declined", "ended")

    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    worker_service = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    began_with = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    service_name = models.CharField(max_length=80)
    state = models.CharField(max_length=8)
    every_weeks = models.PositiveSmallIntegerField(help_text="0: once a month.")
    first_on = models.DateField()
    at = models.TimeField(help_text="On the clock of the zone.")
    zone = models.CharField(max_length=40)
    until_on = models.DateField(null=True)
    visits = models.PositiveSmallIntegerField(null=True, help_text="How many in all.")
    pause_from = models.DateField(null=True)
    pause_until = models.DateField(null=True)
    package = models.ForeignKey(Package, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    work_minor = models.BigIntegerField(help_text="Of one visit, as it was agreed.")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="series_state_known",
                condition=Q(state__in=("offered", "active", "declined", "ended")),
            ),
            models.CheckConstraint(
                name="series_every_one_to_four_weeks_or_monthly",
                condition=Q(every_weeks__range=(0, 4)),
            ),
            models.CheckConstraint(
                name="series_ends_one_way",
                condition=Q(until_on__isnull=True) | Q(visits__isnull=True),
            ),
            models.CheckConstraint(
                name="series_has_a_number_of_visits",
                condition=Q(visits__isnull=True) | Q(visits__range=(1, MOST_VISITS)),
            ),
            models.CheckConstraint(
                name="series_pause_has_two_ends",
                condition=Q(pause_from__isnull=True, pause_until__isnull=True)
                | Q(pause_from__lt=models.F("pause_until")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "customer", "state"], name="series_of_customer"),
            models.Index(fields=["tenant", "worker", "state"], name="series_of_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.service_name} {self.first_on} {self.at:%H:%M} {self.state}"

    @property
    def clock_of(self) -> ZoneInfo:
        """The clock it goes by."""
        return ZoneInfo(self.zone)

    @property
    def plan(self) -> Plan:
        """When its visits are."""
        pause = (
            (self.pause_from, self.pause_until) if self.pause_from and self.pause_until else None
        )
        rhythm = Rhythm(every_weeks=self.every_weeks, first=self.first_on, at=self.at)
        return Plan(rhythm=rhythm, until=self.until_on, visits=self.visits, pause=pause)

    @property
    def price(self) -> Money:
        """What the work of one visit costs."""
        return Money(self.currency, self.work_minor)


class SeriesVisit(TenantModel):
    """A day of a series: its visit, or why there is none."""

    BOOKED, SKIPPED, CLASH, UNPAID = STATES = ("booked", "skipped", "clash", "unpaid")
    rights: ClassVar[str] = "select, insert, update"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=7)
    booking = models.OneToOneField(
        Booking, null=True, on_delete=models.PROTECT, related_name="series_visit"
    )
    alternatives = models.JSONField(default=list, help_text="Free times nearby, if it clashed.")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "series", "on"], name="series_day_once"),
            models.CheckConstraint(
                name="series_visit_state_known",
                condition=Q(state__in=("booked", "skipped", "clash", "unpaid")),
            ),
            models.CheckConstraint(
                name="series_visit_booked_is_a_booking",
                condition=~Q(state="booked") | Q(booking__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.on} {self.state}"

    @property
    def times(self) -> list[datetime]:
        """The free times nearby that were found."""
        return [datetime.fromisoformat(each) for each in self.alternatives]
