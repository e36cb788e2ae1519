"""Customer and worker disagree about a visit: what is contested, what they propose, what proves it.

A payer's bank disputing a payment is something else; payments looks after that.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models.booking import Booking
from tenants.tenancy.models import StoredFile, TenantModel


class Dispute(TenantModel):
    """A disagreement about one visit, from the first word to the written finding."""

    rights: ClassVar[str] = "select, insert, update"

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="dispute")
    by_party = models.CharField(max_length=8)
    reason = models.CharField(max_length=13)
    words = models.CharField(max_length=1000)
    answer = models.CharField(max_length=1000, blank=True, help_text="Of the other side.")
    contested_minor = models.BigIntegerField(help_text="Of the work: what may go back of it.")
    earned = models.BooleanField(help_text="Whether the work's money was divided when it began.")
    hold_id = models.UUIDField(null=True, help_text="The worker's part that rests meanwhile.")
    opened_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    outcome = models.CharField(max_length=9, blank=True)
    fault = models.CharField(max_length=8, blank=True)
    finding = models.CharField(max_length=1000, blank=True)
    refund_minor = models.BigIntegerField(default=0, help_text="What the customer gets, with fee.")
    debit_minor = models.BigIntegerField(default=0, help_text="What of it the worker pays.")
    closed_by = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contested_amount_not_negative", condition=Q(contested_minor__gte=0)
            ),
            models.CheckConstraint(
                name="a_closed_dispute_has_an_outcome",
                condition=Q(closed_at__isnull=True) | ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} {self.reason} {self.outcome or 'open'}"

    @property
    def contested(self) -> Money:
        """What may go back of the work."""
        return Money(self.booking.currency, self.contested_minor)

    @property
    def refund(self) -> Money:
        """What the customer gets, their fee's part included."""
        return Money(self.booking.currency, self.refund_minor)

    @property
    def debit(self) -> Money:
        """What the worker pays of it."""
        return Money(self.booking.currency, self.debit_minor)


class Settlement(TenantModel):
    """How one side would settle a dispute; the other may agree, or propose something else."""

    rights: ClassVar[str] = "select, insert, update"

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="settlements")
    by_party = models.CharField(max_length=8)
    outcome = models.CharField(max_length=9)
    minor = models.BigIntegerField(default=0, help_text="Of the work.")
    words = models.CharField(max_length=300, blank=True)
    open = models.BooleanField(default=True)
    agreed = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "dispute", "by_party"],
                name="one_open_settlement_per_side",
                condition=Q(open=True),
            ),
            models.CheckConstraint(name="settlement_not_negative", condition=Q(minor__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.by_party}: {self.outcome} {self.minor}"

    @property
    def amount(self) -> Money:
        """Of the work, what would go back."""
        return Money(self.dispute.booking.currency, self.minor)


class Evidence(TenantModel):
    """A file with which one side shows what happened; both sides and the office see it."""

    rights: ClassVar[str] = "select, insert, delete"

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="evidence")
    by_party = models.CharField(max_length=8)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "dispute", "by_party", "position"], name="evidence_place_once"
            ),
            models.CheckConstraint(
                name="at_most_ten_files_a_side", condition=Q(position__range=(1, 10))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.by_party} {self.position}"
