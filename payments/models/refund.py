"""What goes back to whoever paid: by card, as credit or by bank, and who bears it."""

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from payments.models.payee import Allocation
from payments.models.payment import Payment
from payments.rules.claw_back import FAULTS
from tenants.tenancy.models import Membership, TenantModel

# by_bank: to be transferred by hand; charged_back: the payer's bank took it by a dispute instead.
REFUND_STATES = ("due", "sent", "succeeded", "failed", "credited", "by_bank", "charged_back")
BORNE_BY = ("deposit", "worker", "tenant", "platform", "tax", "loss")


class Refund(TenantModel):
    """Money that goes back to whoever paid."""

    DUE, SENT, SUCCEEDED, FAILED = "due", "sent", "succeeded", "failed"
    CREDITED, BY_BANK, CHARGED_BACK = "credited", "by_bank", "charged_back"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=255)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(help_text="Without the tip.")
    tip_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=60)
    fault = models.CharField(max_length=8, default="none")
    finding = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deposit_minor = models.BigIntegerField(default=0, help_text="From what was the customer's.")
    worker_minor = models.BigIntegerField(default=0)
    tenant_minor = models.BigIntegerField(default=0)
    platform_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    loss_minor = models.BigIntegerField(default=0)
    owed_minor = models.BigIntegerField(
        default=0, help_text="Of the worker's part: what was not there, and is owed."
    )
    withheld = models.JSONField(
        default=list, help_text="Taxes of the worker's part that are given back, by their account."
    )
    state = models.CharField(max_length=12, default=DUE)
    attempt = models.PositiveSmallIntegerField(default=1)
    provider_ref = models.CharField(max_length=80, blank=True)
    bank_ref = models.CharField(max_length=80, blank=True, help_text="Of a transfer by hand.")
    paid_entry_id = models.UUIDField(null=True, help_text="The ledger's refund.paid.")
    failure = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    succeeded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="refund_key_once"),
            models.CheckConstraint(name="refund_state_known", condition=Q(state__in=REFUND_STATES)),
            models.CheckConstraint(name="refund_fault_known", condition=Q(fault__in=FAULTS)),
            models.CheckConstraint(
                name="refund_gives_something",
                condition=Q(amount_minor__gte=0, tip_minor__gte=0)
                & ~Q(amount_minor=0, tip_minor=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.total} {self.state}"

    @property
    def amount(self) -> Money:
        """What goes back, without the tip."""
        return Money(self.currency, self.amount_minor)

    @property
    def total(self) -> Money:
        """All that goes back."""
        return Money(self.currency, self.amount_minor + self.tip_minor)

    @property
    def borne(self) -> dict[str, Money]:
        """Who bears it, without the tip; what nobody bears is left out."""
        parts = {name: Money(self.currency, getattr(self, f"{name}_minor")) for name in BORNE_BY}
        parts["withheld"] = Money(self.currency, sum(each["minor"] for each in self.withheld))
        return {name: amount for name, amount in parts.items() if amount}


class TakeBack(TenantModel):
    """A part of an allocation that is to come back from the payee's account at the provider."""

    PENDING, SENT = "pending", "sent"

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="take_backs")
    about = models.CharField(max_length=120, help_text="What it comes back for.")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, default=PENDING)
    attempt = models.PositiveSmallIntegerField(default=1)
    provider_ref = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "allocation", "about"], name="taken_back_once_per_cause"
            ),
            models.CheckConstraint(
                name="take_back_state_known", condition=Q(state__in=("pending", "sent"))
            ),
            models.CheckConstraint(name="take_back_is_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.amount_minor} {self.currency} {self.state}"
