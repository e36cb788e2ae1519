"""A new time that somebody proposed for a visit, and something extra that came up at work."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock
from marketplace.bookings.models.booking import Booking
from marketplace.bookings.models.priced import Priced, sums_to_total
from tenants.tenancy.models import TenantModel


class TimeProposal(TenantModel):
    """Another time for a visit: open until it is answered or runs out; the old time stands."""

    OPEN, ACCEPTED, REFUSED, LAPSED, REPLACED = STATES = (
        "open", "accepted", "refused", "lapsed", "replaced",
    )  # fmt: skip
    rights: ClassVar[str] = "select, insert, update"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="proposals")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by_party = models.CharField(max_length=8)
    words = models.CharField(max_length=300, blank=True)
    customer_agreed = models.BooleanField(default=False)
    worker_agreed = models.BooleanField(default=False)
    charged_bp = models.PositiveIntegerField(
        default=0, help_text="What a cancellation would have kept when it was proposed."
    )
    state = models.CharField(max_length=8, default=OPEN)
    made_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "booking"],
                name="one_open_proposal_per_booking",
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="proposal_state_known",
                condition=Q(state__in=("open", "accepted", "refused", "lapsed", "replaced")),
            ),
            models.CheckConstraint(
                name="proposal_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} → {self.starts_at:%Y-%m-%d %H:%M} {self.state}"


class Extra(Priced, TenantModel):
    """Something more to do, found at work: proposed by the worker, approved by the customer."""

    PROPOSED, APPROVED, PAID, REFUSED, UNPAID = STATES = (
        "proposed", "approved", "paid", "refused", "unpaid",
    )  # fmt: skip
    rights: ClassVar[str] = "select, insert, update"

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="extras")
    label = models.CharField(max_length=80)
    state = models.CharField(max_length=8, default=PROPOSED)
    payment_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="extra_parts_not_negative", condition=sums_to_total()),
            models.CheckConstraint(
                name="extra_state_known",
                condition=Q(state__in=("proposed", "approved", "paid", "refused", "unpaid")),
            ),
            models.UniqueConstraint(
                fields=["tenant", "booking"],
                name="one_extra_waits_per_booking",
                condition=Q(state="proposed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.total} {self.state}"

    @property
    def reference(self) -> str:
        """What floors below call it."""
        return f"extra:{self.pk}"
