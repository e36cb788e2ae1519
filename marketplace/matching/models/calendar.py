"""When somebody works: the weekly plan, and time off."""

from django.db import models
from django.db.models import F, Q

from marketplace.catalog.models import Worker
from tenants.tenancy.models import TenantModel


class PlanRow(TenantModel):
    """On one day of the week, from one local time to another; ending earlier crosses midnight."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField(help_text="Monday is 0.")
    starts = models.TimeField()
    ends = models.TimeField(help_text="00:00 is midnight, the end of the day.")

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


class TimeOff(TenantModel):
    """Some time during which a worker takes no new bookings."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                name="time_off_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "worker", "starts_at"], name="time_off_of_worker")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%Y-%m-%d %H:%M}"
