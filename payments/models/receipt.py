"""Receipts: what was paid, given back, tipped or cashed out, under a number without gaps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from payments.rules.receipts import KINDS, SERIES, number_of
from tenants.tenancy.models import Membership, TenantModel


class Receipt(TenantModel):
    """What happened, as it was when it happened. Never changed; a correction is a new receipt.

    The database lets a number in only right after the one before it.
    """

    rights: ClassVar[str] = "select, insert"

    series = models.CharField(max_length=4)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8)
    subject_id = models.UUIDField(help_text="The payment, refund or cash-out it is about.")
    reference = models.CharField(max_length=120)
    payer = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    content = models.JSONField(help_text="Lines, parts and facts, in codes and minor units.")
    sha256 = models.CharField(max_length=64, help_text="Of what it says.")
    happened_at = models.DateTimeField()
    issued_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "series", "number"], name="receipt_number_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "kind", "subject_id"], name="one_receipt_per_fact"
            ),
            models.CheckConstraint(name="receipt_kind_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="receipt_series_known", condition=Q(series__in=tuple(SERIES.values()))
            ),
            models.CheckConstraint(name="receipt_numbers_begin_at_one", condition=Q(number__gt=0)),
        ]
        indexes = [
            models.Index(fields=["tenant", "payer", "-happened_at"], name="receipt_of_payer"),
            models.Index(fields=["tenant", "worker", "-happened_at"], name="receipt_of_worker"),
            models.Index(fields=["tenant", "reference"], name="receipt_of_reference"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its number as people write it."""
        return number_of(self.series, self.number)

    @property
    def total(self) -> Money:
        """What it is about."""
        return Money(self.currency, self.total_minor)
