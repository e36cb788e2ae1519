"""Money of a worker that rests: it is theirs, and waits for something."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.models.earning import Earning
from tenants.tenancy.models import Membership, TenantModel

HOLD_REASONS = ("dispute", "review", "reserve")


class Hold(TenantModel):
    """A part of a wallet that cannot be taken out for a while, with its reason and its end.

    The sum of all that remains is what the ledger has on worker_reserve.
    """

    DISPUTE, REVIEW, RESERVE = HOLD_REASONS

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=7)
    about = models.CharField(max_length=120, help_text="What it waits for.")
    note = models.CharField(max_length=1000, blank=True, help_text="Why, for the worker to read.")
    earning = models.ForeignKey(
        Earning,
        null=True,
        on_delete=models.PROTECT,
        related_name="holds",
        help_text="The job whose pending share rests here.",
    )
    currency = models.CharField(max_length=3)
    asked_minor = models.BigIntegerField(help_text="What was to be held; there may be less.")
    amount_minor = models.BigIntegerField()
    remaining_minor = models.BigIntegerField()
    unmoved_minor = models.BigIntegerField(
        default=0, help_text="Of what remains: not yet moved to the payee's account."
    )
    steps = models.PositiveSmallIntegerField(default=0, help_text="How often it was taken from.")
    until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(
        Membership,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who gave it back before its time.",
    )
    release_note = models.CharField(max_length=1000, blank=True, help_text="Why they did.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member", "reason", "about"], name="held_once_per_cause"
            ),
            models.CheckConstraint(
                name="hold_reason_known", condition=Q(reason__in=("dispute", "review", "reserve"))
            ),
            models.CheckConstraint(
                name="hold_remaining_within_amount",
                condition=Q(
                    amount_minor__gte=0,
                    amount_minor__lte=F("asked_minor"),
                    remaining_minor__gte=0,
                    remaining_minor__lte=F("amount_minor"),
                    unmoved_minor__gte=0,
                    unmoved_minor__lte=F("remaining_minor"),
                ),
            ),
            models.CheckConstraint(
                name="hold_released_early_for_a_reason",
                condition=Q(released_by__isnull=True) | ~Q(release_note=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "member"], name="hold_open", condition=Q(remaining_minor__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.remaining_minor} {self.currency} {self.reason}"

    @property
    def amount(self) -> Money:
        """What rested at first."""
        return Money(self.currency, self.amount_minor)

    @property
    def remaining(self) -> Money:
        """What still rests."""
        return Money(self.currency, self.remaining_minor)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends by itself; a dispute's ends with the dispute."""
        return None if self.reason == self.DISPUTE else self.until
