"""What a worker owes: paid by a small part of later earnings, never by anything else."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from tenants.tenancy.models import Membership, TenantModel

CAUSES = ("refund", "dispute", "cash")


class Debt(TenantModel):
    """A part of a refund or a lost dispute that was not there when it was taken back.

    What is left of all debts is what the ledger has on worker_receivable. No interest, no
    collecting: a part of each release, and after a while it is forgiven.
    """

    OPEN, PAID, WRITTEN_OFF = "open", "paid", "written_off"

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=7)
    about = models.CharField(max_length=120)
    reference = models.CharField(max_length=120, blank=True, help_text="The job it came from.")
    finding = models.CharField(max_length=1000, blank=True, help_text="Why, in words.")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    left_minor = models.BigIntegerField()
    state = models.CharField(max_length=11, default=OPEN)
    made_at = models.DateTimeField(default=clock.now)
    appealed_at = models.DateTimeField(null=True)
    forgiveness_asked_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    forgiveness_asked_at = models.DateTimeField(null=True)
    forgiveness_reason = models.CharField(max_length=1000, blank=True)
    forgiven_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "member", "cause", "about"], name="owed_once_per_cause"
            ),
            models.CheckConstraint(name="debt_cause_known", condition=Q(cause__in=CAUSES)),
            models.CheckConstraint(
                name="debt_state_known", condition=Q(state__in=("open", "paid", "written_off"))
            ),
            models.CheckConstraint(
                name="debt_left_within_amount",
                condition=Q(
                    amount_minor__gt=0, left_minor__gte=0, left_minor__lte=F("amount_minor")
                ),
            ),
            models.CheckConstraint(
                name="debt_forgiven_by_a_second_person",
                condition=Q(forgiven_by__isnull=True) | ~Q(forgiven_by=F("forgiveness_asked_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "member"], name="debt_open", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.left_minor} of {self.amount_minor} {self.currency}"

    @property
    def amount(self) -> Money:
        """What was owed."""
        return Money(self.currency, self.amount_minor)

    @property
    def left(self) -> Money:
        """What is still owed."""
        return Money(self.currency, self.left_minor)
