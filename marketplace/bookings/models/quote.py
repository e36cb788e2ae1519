"""A price that stands for fifteen minutes."""

from typing import ClassVar

from django.db import models

from kernel import clock
from marketplace.bookings.models.package import Package
from marketplace.bookings.models.place import Placed
from marketplace.bookings.models.priced import Priced, pays_somehow, sums_to_total
from marketplace.catalog.models import Worker, WorkerService
from tenants.tenancy.models import Membership


class Quote(Priced, Placed):
    """What a job would cost, with everything the customer said. It is never changed.

    Without a customer it holds no slot; whoever signs in with it gets a fresh one.
    """

    rights: ClassVar[str] = "select, insert"

    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    worker_service = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8)
    completion = models.CharField(max_length=16)
    service_name = models.CharField(max_length=80)
    source = models.CharField(
        max_length=30, default="", blank=True, help_text="Through which door it was asked for."
    )
    variant_id = models.UUIDField(null=True, help_text="Which form of the service, if it has any.")
    units = models.PositiveSmallIntegerField(null=True, help_text="How many of what is counted.")
    add_ons = models.JSONField(default=dict, help_text="How many of which extra.")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40)
    substitute_ok = models.BooleanField(default=False)
    occupancy_id = models.UUIDField(null=True, help_text="The slot that is held.")
    package = models.ForeignKey(
        Package,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="That pays for it.",
    )
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="quote_parts_not_negative", condition=sums_to_total()),
            models.CheckConstraint(name="quote_paid_somehow", condition=pays_somehow()),
            models.CheckConstraint(
                name="quote_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "customer", "made_at"], name="quote_of_customer")]

    def __str__(self) -> str:
        return f"{self.service_name} {self.starts_at:%Y-%m-%d %H:%M} {self.total}"
