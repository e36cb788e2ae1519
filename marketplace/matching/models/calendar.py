"""When somebody works: the weekly plan, single dates, and time closed to bookings."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kernel import clock
from marketplace.catalog.models import Worker
from tenants.tenancy.models import TenantModel


class PlanRow(TenantModel):
    """On one day of the week, from one local time to another; ending earlier crosses midnight."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts = models.TimeField()
    ends = models.TimeField(help_text="00:00 is midnight, the end of the day.")
    services = ArrayField(
        models.UUIDField(), default=list, blank=True, help_text="Ids of services; none means all."
    )

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker", "weekday", "starts"], name="plan_row_once"
            ),
            models.CheckConstraint(name="plan_weekday_known", condition=Q(weekday__range=(0, 6))),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M} to {self.ends:%H:%M}"


class DateRow(TenantModel):
    """On one date, instead of its weekday's plan; a row without hours makes it a free day."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    services = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        ordering = ["on", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker", "on", "starts"],
                name="date_row_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="date_row_is_whole",
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        hours = f"{self.starts:%H:%M} to {self.ends:%H:%M}" if self.starts and self.ends else "free"
        return f"{self.on} {hours}"


class TimeOff(TenantModel):
    """Some time during which a worker takes no new bookings.

    Who is away is away from all their businesses; what is merely closed is closed here. Imported
    time comes from another calendar and is replaced with it.
    """

    AWAY, CLOSED, IMPORTED = "off", "closed", "imported"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, default=AWAY)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=120, blank=True)
    stand_in = models.ForeignKey(
        Worker, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="time_off_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="time_off_kind_known", condition=Q(kind__in=("off", "closed", "imported"))
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "worker", "starts_at"], name="time_off_of_worker")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M}"


class CalendarFeed(TenantModel):
    """An address at which a worker's calendar can be read by whoever knows it, until revoked."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "secret_hash"], name="feed_secret_unique"),
            models.UniqueConstraint(
                fields=["tenant", "worker"],
                name="one_living_feed_per_worker",
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"feed of {self.worker_id}"
