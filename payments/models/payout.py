"""A worker takes money out."""

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from payments.models.payee import Payee
from payments.rules.payout_states import OPEN, STATES
from tenants.tenancy.models import TenantModel


class Payout(TenantModel):
    """A cash-out: what arrives, what it costs, and how far it has got."""

    FREE, FAST = "free", "fast"

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="payouts")
    key = models.CharField(max_length=255)
    option = models.CharField(max_length=4)
    rail = models.CharField(max_length=30)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(help_text="What arrives.")
    fee_minor = models.BigIntegerField(default=0)
    fee_from = models.CharField(max_length=6, default="worker")
    state = models.CharField(max_length=10, default="requested")
    attempt = models.PositiveSmallIntegerField(default=1)
    quote = models.JSONField(default=dict, help_text="What was known and allowed when asked.")
    entry_id = models.UUIDField(null=True, help_text="The ledger's cashout.requested.")
    paid_entry_id = models.UUIDField(null=True, help_text="The ledger's cashout.paid.")
    provider_ref = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    requested_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    arrives_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "payee", "key"], name="payout_key_once"),
            models.CheckConstraint(name="payout_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="payout_option_known", condition=Q(option__in=("free", "fast"))
            ),
            models.CheckConstraint(
                name="payout_is_positive", condition=Q(amount_minor__gt=0, fee_minor__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "payee", "-requested_at"], name="payout_of_payee"),
            models.Index(
                fields=["tenant", "payee"], name="payout_open", condition=Q(state__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee_id}: {self.amount_minor} {self.currency} {self.state}"

    @property
    def amount(self) -> Money:
        """What arrives."""
        return Money(self.currency, self.amount_minor)

    @property
    def fee(self) -> Money:
        """What it costs."""
        return Money(self.currency, self.fee_minor)

    @property
    def taken(self) -> Money:
        """What leaves the wallet."""
        return self.amount + self.fee if self.fee_from == "worker" else self.amount
