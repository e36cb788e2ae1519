"""A payer's bank takes a payment back, or warns that it might: what is at stake, how it went."""

from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from payments.models.payment import Payment
from payments.rules.claw_back import FAULTS
from payments.rules.disputes import DISPUTE_STATES
from tenants.tenancy.models import Membership, TenantModel


class Dispute(TenantModel):
    """A dispute of the payer's bank, with the parts that a lost one took, to undo it exactly."""

    DISPUTE, WARNING = "dispute", "warning"
    WARNED, OPEN, SUBMITTED, WON, LOST, CLOSED = DISPUTE_STATES

    kind = models.CharField(max_length=7, default=DISPUTE)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider_ref = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    cause = models.CharField(max_length=40, blank=True, help_text="In the provider's word.")
    state = models.CharField(max_length=9)
    booked = models.BooleanField(default=False, help_text="The money was taken from us.")
    rounds = models.PositiveSmallIntegerField(default=0, help_text="How often it was lost.")
    fault = models.CharField(max_length=8, default="none")
    finding = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.TextField(blank=True, max_length=15_000)
    evidence_asked_at = models.DateTimeField(null=True)
    evidence_sent_at = models.DateTimeField(null=True)
    accept_asked_at = models.DateTimeField(
        null=True, help_text="When the office decided not to contest it."
    )
    accepted_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_at = models.DateTimeField(null=True, help_text="Until when the bank takes evidence.")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    deposit_minor = models.BigIntegerField(default=0)
    refund_minor = models.BigIntegerField(default=0, help_text="Refunds that it made needless.")
    held_minor = models.BigIntegerField(default=0, help_text="From what rested of the worker's.")
    owed_minor = models.BigIntegerField(default=0)
    platform_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    loss_minor = models.BigIntegerField(default=0)
    withheld = models.JSONField(default=list, help_text="Taxes given back, by their account.")
    tip_held_minor = models.BigIntegerField(default=0)
    tip_loss_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "provider_ref"], name="disputed_once"),
            models.CheckConstraint(
                name="dispute_kind_known", condition=Q(kind__in=("dispute", "warning"))
            ),
            models.CheckConstraint(
                name="dispute_state_known", condition=Q(state__in=DISPUTE_STATES)
            ),
            models.CheckConstraint(name="dispute_fault_known", condition=Q(fault__in=FAULTS)),
            models.CheckConstraint(
                name="dispute_contested_or_accepted",
                condition=Q(evidence_asked_at__isnull=True) | Q(accept_asked_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "payment"], name="dispute_of_payment")]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.amount_minor} {self.currency} {self.state}"

    @property
    def amount(self) -> Money:
        """What the bank took back."""
        return Money(self.currency, self.amount_minor)

    @property
    def running(self) -> bool:
        """Tell whether it is not decided yet."""
        return self.state in (self.WARNED, self.OPEN, self.SUBMITTED)
