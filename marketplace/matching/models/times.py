"""How services may be booked in time: what the tenant says, and what a worker says instead."""

from functools import reduce
from operator import and_

from django.db import models
from django.db.models import Q

from marketplace.catalog.models import Service, WorkerService
from marketplace.matching.rules.lanes import Room
from marketplace.matching.rules.times import LIMITS, REST_MODES
from tenants.tenancy.models import TenantModel

TENANTS = ("max_jobs_day", "min_rest_hours", "units")
WORKERS = tuple(LIMITS)


def _within(names: tuple[str, ...]) -> Q:
    """Return the condition that every value is within its limits, or not said."""
    rest = Q(rest_mode__isnull=True) | Q(rest_mode__in=REST_MODES)
    each = (
        Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": LIMITS[name]}) for name in names
    )
    return reduce(and_, each, rest)


class ServiceTimes(TenantModel):
    """What a tenant says about a service beyond the service's own columns; no row: the usual."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="+")
    room = models.CharField(
        max_length=10, default=Room.WHOLE.value, choices=[(each.value, each.value) for each in Room]
    )
    units = models.PositiveSmallIntegerField(null=True, help_text="How many at the same time.")
    request_blocks_slot = models.BooleanField(default=True)
    travel = models.BooleanField(
        default=False, help_text="Keep the way there and back free, by the distance."
    )
    max_jobs_day = models.PositiveSmallIntegerField(null=True)
    min_rest_hours = models.PositiveSmallIntegerField(null=True)
    rest_mode = models.CharField(max_length=5, null=True)  # noqa: DJ001 Null: nothing said.

    class Meta:
        verbose_name_plural = "times of services"
        constraints = [
            models.CheckConstraint(
                name="service_times_within_limits",
                condition=_within(TENANTS) & Q(room__in=[each.value for each in Room]),
            ),
        ]

    def __str__(self) -> str:
        return f"times of {self.service_id}"


class OwnTimes(TenantModel):
    """What a worker says about a service of theirs; a column without a value says nothing."""

    offer = models.OneToOneField(WorkerService, on_delete=models.CASCADE, related_name="+")
    buffer_before = models.PositiveSmallIntegerField(null=True)
    buffer_after = models.PositiveSmallIntegerField(null=True)
    min_notice = models.PositiveIntegerField(null=True)
    horizon_days = models.PositiveSmallIntegerField(null=True)
    slot_step = models.PositiveSmallIntegerField(null=True)
    max_jobs_day = models.PositiveSmallIntegerField(null=True)
    max_minutes_day = models.PositiveSmallIntegerField(null=True)
    min_rest_hours = models.PositiveSmallIntegerField(null=True)
    rest_mode = models.CharField(max_length=5, null=True)  # noqa: DJ001 Null: nothing said.
    units = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name_plural = "own times"
        constraints = [
            models.CheckConstraint(name="own_times_within_limits", condition=_within(WORKERS))
        ]

    def __str__(self) -> str:
        return f"own times of {self.offer_id}"
