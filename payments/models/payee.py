"""Who is paid: a member with an account at a provider, and what was moved to that account."""

from django.db import models
from django.db.models import Q

from kernel import clock
from payments.models.earning import Earning
from payments.models.payment import Payment
from tenants.tenancy.models import Membership, TenantModel

NONE, PENDING, ACTIVE, RESTRICTED, REJECTED = (
    "none",
    "pending",
    "active",
    "restricted",
    "rejected",
)
PAYEE_STATES = (NONE, PENDING, ACTIVE, RESTRICTED, REJECTED)


class Payee(TenantModel):
    """A member who earns, and where the money goes."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    account_ref = models.CharField(max_length=80, blank=True, help_text="The provider's id.")
    state = models.CharField(max_length=10, default=NONE)
    missing = models.JSONField(default=list, help_text="What the provider still asks for.")
    destination = models.CharField(max_length=60, blank=True, help_text="As people see it.")
    instrument = models.CharField(max_length=32, blank=True, help_text="Fingerprint of it.")
    instant = models.BooleanField(default=False, help_text="The destination takes fast payouts.")
    tax_registered = models.BooleanField(default=False, help_text="Their prices hold service tax.")
    left = models.CharField(
        max_length=20, blank=True, help_text="The company whose account was lost."
    )
    opened_at = models.DateTimeField(default=clock.now)
    active_at = models.DateTimeField(null=True)
    destination_at = models.DateTimeField(null=True, help_text="When it was last changed.")
    doubt = models.CharField(
        max_length=8, blank=True, help_text="Why nothing is sent there before a person has looked."
    )
    cleared = models.CharField(
        max_length=32, blank=True, help_text="Fingerprint of the destination that was found right."
    )
    cleared_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="payee_once_per_member"),
            models.CheckConstraint(name="payee_state_known", condition=Q(state__in=PAYEE_STATES)),
            models.CheckConstraint(
                name="payee_doubt_known", condition=Q(doubt__in=("", "returned", "name", "shared"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "instrument"],
                name="payee_of_destination",
                condition=~Q(instrument=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.state}"


class Allocation(TenantModel):
    """Money moved (or to be moved) to a payee's account at the provider: of one charge, or ours.

    Ours is what no card has paid: a part that credits paid, or what the business makes good.
    """

    PENDING, SENT, DROPPED = "pending", "sent", "dropped"

    payee = models.ForeignKey(Payee, on_delete=models.PROTECT, related_name="allocations")
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="allocations"
    )
    reference = models.CharField(
        max_length=120, blank=True, help_text="What it is about, if there is no payment."
    )
    from_charge = models.BooleanField(default=True, help_text="Taken from the payment's charge.")
    earning = models.ForeignKey(
        Earning, null=True, on_delete=models.PROTECT, related_name="allocations"
    )
    purpose = models.CharField(max_length=10, help_text="worker, tip, goodwill")
    part = models.PositiveSmallIntegerField(default=1)
    attempt = models.PositiveSmallIntegerField(default=1)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=8, default=PENDING)
    provider_ref = models.CharField(max_length=80, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "payment", "purpose", "part"], name="allocated_once_per_purpose"
            ),
            models.CheckConstraint(
                name="allocation_state_known",
                condition=Q(state__in=("pending", "sent", "dropped")),
            ),
            models.CheckConstraint(name="allocation_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="allocation_without_payment_is_ours",
                condition=Q(payment__isnull=False) | (Q(from_charge=False) & ~Q(reference="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "payee"], name="allocation_waiting", condition=Q(state="pending")
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.amount_minor} {self.currency}"

    @property
    def about(self) -> str:
        """What the money is for."""
        return self.payment.reference if self.payment else self.reference
