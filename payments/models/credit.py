"""What a customer may spend here instead of money."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.models.payment import Payment
from tenants.tenancy.models import Membership, TenantModel

CREDIT_CAUSES = ("refund", "gesture", "late", "other")


class Credit(TenantModel):
    """A credit with its cause; the one that ends first is used first."""

    OPEN, USED, EXPIRED = "open", "used", "expired"

    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=7)
    about = models.CharField(max_length=120)
    reason = models.CharField(max_length=1000, blank=True)
    given_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    left_minor = models.BigIntegerField()
    state = models.CharField(max_length=7, default=OPEN)
    granted_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "customer", "cause", "about"], name="credited_once_per_cause"
            ),
            models.CheckConstraint(name="credit_cause_known", condition=Q(cause__in=CREDIT_CAUSES)),
            models.CheckConstraint(
                name="credit_state_known", condition=Q(state__in=("open", "used", "expired"))
            ),
            models.CheckConstraint(
                name="credit_left_within_amount",
                condition=Q(
                    amount_minor__gt=0, left_minor__gte=0, left_minor__lte=F("amount_minor")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "customer", "expires_at"],
                name="credit_open",
                condition=Q(state="open"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.left_minor} of {self.amount_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        """What was given."""
        return Money(self.currency, self.amount_minor)

    @property
    def left(self) -> Money:
        """What can still be spent."""
        return Money(self.currency, self.left_minor)


class CreditUse(TenantModel):
    """A part of a credit that pays a price: kept for a checkout, then used, or given back."""

    RESERVED, USED, RETURNED = "reserved", "used", "returned"

    credit = models.ForeignKey(Credit, on_delete=models.PROTECT, related_name="uses")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="credit_uses")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, default=RESERVED)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "payment", "credit"], name="credit_used_once_per_payment"
            ),
            models.CheckConstraint(name="credit_use_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="credit_use_state_known",
                condition=Q(state__in=("reserved", "used", "returned")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit_id}: {self.amount_minor} {self.currency} {self.state}"
