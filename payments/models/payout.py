"""A worker takes money out."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.models.kept_quote import KeptQuote
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
    advance_minor = models.BigIntegerField(
        default=0, help_text="Of the amount: sent before it has settled, out of the float."
    )
    swept = models.BooleanField(default=False, help_text="Sent unasked, on the day of pay.")
    state = models.CharField(max_length=10, default="requested")
    attempt = models.PositiveSmallIntegerField(default=1)
    quote = models.JSONField(default=dict, help_text="What was known and allowed when asked.")
    kept_quote = models.ForeignKey(
        KeptQuote, null=True, on_delete=models.PROTECT, related_name="payouts"
    )
    disclosure = models.CharField(max_length=20, blank=True, help_text="Version agreed to.")
    language = models.CharField(max_length=10, blank=True, help_text="In which it was read.")
    entry_id = models.UUIDField(null=True, help_text="The ledger's cashout.requested.")
    paid_entry_id = models.UUIDField(null=True, help_text="The ledger's cashout.paid.")
    provider_ref = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=60, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    waits_for = models.CharField(max_length=12, blank=True, help_text="What it is held up by.")
    sends = models.PositiveSmallIntegerField(
        default=0, help_text="How often this attempt was refused for a while."
    )
    requested_at = models.DateTimeField(default=clock.now)
    handed_at = models.DateTimeField(
        null=True, help_text="From here on the provider may have it: it cannot be cancelled."
    )
    submitted_at = models.DateTimeField(null=True)
    arrives_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                name="advance_within_payout",
                condition=Q(advance_minor__gte=0, advance_minor__lte=F("amount_minor")),
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

    @property
    def advance(self) -> Money:
        """What of it was sent before it had settled."""
        return Money(self.currency, self.advance_minor)


class Advance(TenantModel):
    """The float's part of a cash-out: lent without interest until the customer's money settles."""

    DUE, SENT, REPAID, UNUSED, DROPPED = "due", "sent", "repaid", "unused", "dropped"

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="advances")
    attempt = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    repaid_minor = models.BigIntegerField(default=0)
    repaying_minor = models.BigIntegerField(
        default=0, help_text="Being taken back now; asking twice asks the same."
    )
    steps = models.PositiveSmallIntegerField(default=0, help_text="How often a part was repaid.")
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="How often taking it back was refused."
    )
    state = models.CharField(max_length=7, default=DUE)
    provider_ref = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "payout", "attempt"], name="lent_once_per_attempt"
            ),
            models.CheckConstraint(
                name="advance_state_known",
                condition=Q(state__in=("due", "sent", "repaid", "unused", "dropped")),
            ),
            models.CheckConstraint(
                name="advance_repaid_at_most_once",
                condition=Q(
                    amount_minor__gt=0,
                    repaid_minor__gte=0,
                    repaying_minor__gte=0,
                    amount_minor__gte=F("repaid_minor") + F("repaying_minor"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} {self.state}"

    @property
    def outstanding(self) -> Money:
        """What the float still misses."""
        return Money(self.currency, self.amount_minor - self.repaid_minor)
