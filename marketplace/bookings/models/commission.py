"""What the tenant takes of a price, and on top of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from marketplace.bookings.rules.commission import Kind, Rule
from marketplace.catalog.models import Category, Service, Worker
from tenants.tenancy.models import TenantModel


class CommissionRule(TenantModel):
    """A rule and the dimensions it is for. It can be ended, never deleted; a default not even that.

    Editing raises the version; quotes keep the rule and version they were made with.
    """

    rights: ClassVar[str] = "select, insert, update"

    kind = models.CharField(max_length=17)
    default = models.BooleanField(default=False)
    rate_bp = models.PositiveIntegerField(default=0)
    fixed_minor = models.PositiveBigIntegerField(default=0)
    min_minor = models.PositiveBigIntegerField(null=True, blank=True)
    max_minor = models.PositiveBigIntegerField(null=True, blank=True)
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_to = models.DateTimeField(null=True, blank=True)
    priority = models.SmallIntegerField(default=0)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    worker = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    worker_tier = models.CharField(max_length=30, blank=True)
    customer_segment = models.CharField(max_length=30, blank=True)
    source = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind"], name="one_default_rule", condition=Q(default=True)
            ),
            models.CheckConstraint(
                name="commission_kind_known",
                condition=Q(kind__in=("worker_commission", "customer_fee")),
            ),
            models.CheckConstraint(
                name="commission_rate_within_limits", condition=Q(rate_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="default_rule_is_for_everything_and_for_ever",
                condition=Q(default=False)
                | Q(
                    category__isnull=True,
                    service__isnull=True,
                    worker__isnull=True,
                    worker_tier="",
                    customer_segment="",
                    source="",
                    valid_from__isnull=True,
                    valid_to__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rate_bp / 100:g} %"

    @property
    def rule(self) -> Rule:
        """The row as the rules read it."""
        names = [name for name in Rule.__dataclass_fields__ if name not in ("kind", "rule_id")]
        return Rule(
            kind=Kind(self.kind),
            rule_id=self.pk,
            **{name: getattr(self, name) for name in names},
        )
