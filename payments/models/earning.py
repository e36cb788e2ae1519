"""What was earned with one job, in the six parts of its price."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.models.payment import Payment
from payments.rules.blocks import PARTS, PriceBlocks
from tenants.tenancy.models import Membership, TenantModel


class Earning(TenantModel):
    """A delivered job's money; released when the job is completed."""

    ACCRUED, RELEASED = "accrued", "released"

    reference = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    worker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="earnings")
    currency = models.CharField(max_length=3)
    worker_minor = models.BigIntegerField()
    tip_minor = models.BigIntegerField()
    tenant_minor = models.BigIntegerField()
    platform_minor = models.BigIntegerField()
    processor_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    pending_minor = models.BigIntegerField(
        default=0, help_text="Of the worker's part: what still is in worker_pending."
    )
    taken_minor = models.BigIntegerField(
        default=0, help_text="Of the worker's part: what was taken back, or is owed."
    )
    back_minor = models.BigIntegerField(
        default=0, help_text="Of the whole price: what went back to the customer after the work."
    )
    withheld = models.JSONField(default=list, help_text="Taxes kept back of the worker's part.")
    state = models.CharField(max_length=8, default=ACCRUED)
    accrued_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "reference"], name="earned_once"),
            models.UniqueConstraint(fields=["tenant", "key"], name="earning_key_once"),
            models.CheckConstraint(
                name="earning_state_known", condition=Q(state__in=("accrued", "released"))
            ),
            models.CheckConstraint(
                name="pending_within_share",
                condition=Q(pending_minor__gte=0, pending_minor__lte=F("worker_minor")),
            ),
            models.CheckConstraint(
                name="never_more_taken_than_the_share",
                condition=Q(taken_minor__gte=0, taken_minor__lte=F("worker_minor")),
            ),
            models.CheckConstraint(name="earning_back_grows", condition=Q(back_minor__gte=0)),
        ]
        indexes = [
            models.Index(fields=["tenant", "worker", "-accrued_at"], name="earning_of_worker")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.worker_minor} {self.currency} {self.state}"

    @property
    def blocks(self) -> PriceBlocks:
        """The six parts."""
        return PriceBlocks.of(
            self.currency, **{part: getattr(self, f"{part}_minor") for part in PARTS}
        )

    @property
    def taxes_kept(self) -> tuple[int, ...]:
        """How much of each tax was kept back of the worker's part."""
        return tuple(each["minor"] for each in self.withheld)

    def named(self, taxes: Sequence[int]) -> list[dict[str, Any]]:
        """Name parts of those taxes by the accounts they lie on; each account once."""
        sums: dict[str, int] = {}
        for each, minor in zip(self.withheld, taxes, strict=False):
            sums[each["account"]] = sums.get(each["account"], 0) + minor
        return [{"account": name, "minor": minor} for name, minor in sums.items() if minor]

    @property
    def share(self) -> Money:
        """The worker's part, without the tip."""
        return Money(self.currency, self.worker_minor)

    @property
    def pending(self) -> Money:
        """What of the worker's part is neither released, held nor taken back."""
        return Money(self.currency, self.pending_minor)

    @property
    def tip(self) -> Money:
        """The tip that was in the payment."""
        return Money(self.currency, self.tip_minor)
