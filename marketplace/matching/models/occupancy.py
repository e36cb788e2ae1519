"""Time that is taken. One row per hold or booking; the database refuses two at once.

The constraint looks at the person's number and not at the tenant: constraints see through the wall
between tenants, so nobody can be booked twice at the same time by two businesses. It uses range
types only, whose operators every PostgreSQL has built in.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.contrib.postgres.fields import IntegerRangeField as LanesField
from django.db import models
from django.db.models import F, Func, Q, Value

from marketplace.catalog.models import Worker, WorkerService
from tenants.tenancy.models import TenantModel


class Occupancy(TenantModel):
    """A stretch of one person's time: held until `expires_at`, or booked."""

    HOLD, BOOKING = "hold", "booking"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    person_no = models.BigIntegerField()
    lanes = LanesField()
    during = DateTimeRangeField(help_text="With the time kept free around the job.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=7, default=HOLD)
    ref = models.CharField(max_length=60, help_text="Whose it is, such as quote:<id>.")
    expires_at = models.DateTimeField(null=True)
    active = models.BooleanField(default=True)
    offer = models.ForeignKey(
        WorkerService, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waits = models.BooleanField(
        default=False, help_text="Takes no time until somebody accepts; then it must be free."
    )

    class Meta:
        verbose_name_plural = "occupancies"
        constraints = [
            ExclusionConstraint(
                name="a_person_is_in_one_place",
                expressions=[
                    (
                        Func(
                            F("person_no"),
                            F("person_no"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    ("lanes", "&&"),
                    ("during", "&&"),
                ],
                condition=Q(active=True),
            ),
            models.UniqueConstraint(
                fields=["tenant", "ref"],
                name="one_active_occupancy_per_ref",
                condition=Q(active=True),
            ),
            models.CheckConstraint(
                name="occupancy_that_waits_takes_no_time",
                condition=Q(waits=False) | Q(active=False),
            ),
            models.CheckConstraint(
                name="occupancy_holds_expire",
                condition=Q(kind="hold", expires_at__isnull=False)
                | Q(kind="booking", expires_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "worker", "starts_at"], name="occupancy_of_worker")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} {self.starts_at:%Y-%m-%d %H:%M}"
