"""What stops money from leaving: a frozen wallet, a way of paying that is closed."""

from django.db import models
from django.db.models import Q

from kernel import clock
from tenants.tenancy.models import Membership, TenantModel

FREEZE_REASONS = ("takeover", "fraud", "court")
STOP_REASONS = ("breaker", "books", "operator")


class Freeze(TenantModel):
    """A wallet that cannot be emptied for a while: ended by itself unless somebody confirms it."""

    TAKEOVER, FRAUD, COURT = FREEZE_REASONS

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8)
    note = models.CharField(max_length=1000, help_text="What happened; the worker can read it.")
    frozen_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, help_text="Empty once it was confirmed.")
    confirmed_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_note = models.CharField(max_length=1000, blank=True)
    appeal = models.CharField(max_length=2000, blank=True)
    appealed_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member"],
                name="frozen_once_at_a_time",
                condition=Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="freeze_reason_known", condition=Q(reason__in=FREEZE_REASONS)
            ),
            models.CheckConstraint(
                name="freeze_ends_or_was_confirmed",
                condition=Q(until__isnull=False) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.reason}"


class PayoutStop(TenantModel):
    """Nothing is sent, by one way or by any, until a moment or until somebody lifts it."""

    BREAKER, BOOKS, OPERATOR = STOP_REASONS

    rail = models.CharField(max_length=30, blank=True, help_text="Empty: every way.")
    reason = models.CharField(max_length=8)
    about = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="stop_reason_known", condition=Q(reason__in=STOP_REASONS))
        ]
        indexes = [
            models.Index(
                fields=["tenant", "rail"], name="stop_open", condition=Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.rail or 'all'}: {self.reason}"
