"""What a customer paid ahead and did not use in time: it is the business's then."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from payments.models.payment import Payment
from tenants.tenancy.models import TenantModel


class Forfeit(TenantModel):
    """A part of a payment whose time is over. Never edited."""

    rights: ClassVar[str] = "select, insert"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="forfeits")
    key = models.CharField(max_length=255)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField(help_text="Of the amount: what the business owes of it.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="forfeited_once"),
            models.CheckConstraint(
                name="forfeit_is_positive",
                condition=Q(amount_minor__gt=0, tax_minor__gte=0)
                & Q(tax_minor__lte=models.F("amount_minor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        """How much was forfeited."""
        return Money(self.currency, self.amount_minor)
