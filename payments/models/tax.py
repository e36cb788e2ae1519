"""Taxes that a tenant has decided to apply, line by line and version by version."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock
from payments.rules.tax_ids import PROFILES
from payments.rules.taxes import BASES, METHODS, TaxLine
from tenants.tenancy.models import Membership, TenantModel


class TaxRule(TenantModel):
    """A version of a tax. A change is a new version; the one before ends that day."""

    rights: ClassVar[str] = "select, insert, update"

    code = models.SlugField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    country = models.CharField(max_length=2)
    on = models.CharField(max_length=15)
    method = models.CharField(max_length=9)
    rate_bp = models.PositiveIntegerField()
    threshold_minor = models.BigIntegerField(default=0)  # Of a month and worker.
    account = models.SlugField(max_length=20)
    wording = models.JSONField(default=dict, help_text="What people read, by language.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The first day without it.")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code", "version"], name="tax_version_once"),
            models.CheckConstraint(name="tax_base_known", condition=Q(on__in=BASES)),
            models.CheckConstraint(name="tax_method_known", condition=Q(method__in=METHODS)),
            models.CheckConstraint(
                name="tax_is_kept_back_from_earnings_only",
                condition=Q(on="worker_earnings", method="withheld")
                | (~Q(on="worker_earnings") & Q(method="extracted")),
            ),
            models.CheckConstraint(
                name="tax_rate_within_limits", condition=Q(rate_bp__gt=0, rate_bp__lt=10_000)
            ),
            models.CheckConstraint(
                name="tax_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.rate_bp / 100:g} %"

    @property
    def line(self) -> TaxLine:
        """The row as the rules read it."""
        names = list(TaxLine.__dataclass_fields__)
        return TaxLine(**{name: getattr(self, name) for name in names})


class TaxIdentity(TenantModel):
    """How a tax office knows a worker. The number is sealed; `checked_at` is the owner's look."""

    rights: ClassVar[str] = "select, insert, update"

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2)
    sealed = models.BinaryField(help_text="The number.")
    shown = models.CharField(max_length=20, help_text="As people see it.")
    profile = models.CharField(max_length=10)
    given_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="tax_identity_once"),
            models.CheckConstraint(name="tax_profile_known", condition=Q(profile__in=PROFILES)),
        ]

    def __str__(self) -> str:
        return self.shown
