"""Corrections of the books that one person asks for and another confirms."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.rules.adjustments import ADJUSTABLE
from tenants.tenancy.models import Membership, TenantModel


class Adjustment(TenantModel):
    """An entry by hand, with its reason: nothing is booked before a second person says yes."""

    ASKED, BOOKED, REFUSED = "asked", "booked", "refused"

    key = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    debit = models.CharField(max_length=20, help_text="The account that gets it.")
    credit = models.CharField(max_length=20, help_text="The account that gives it.")
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=7, default=ASKED)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    entry_id = models.UUIDField(null=True, help_text="The ledger's entry.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="adjustment_key_once"),
            models.CheckConstraint(name="adjustment_is_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="adjustment_state_known",
                condition=Q(state__in=("asked", "booked", "refused")),
            ),
            models.CheckConstraint(
                name="adjustment_between_accounts_that_may",
                condition=Q(debit__in=ADJUSTABLE, credit__in=ADJUSTABLE) & ~Q(debit=F("credit")),
            ),
            models.CheckConstraint(
                name="adjustment_booked_by_a_second_person",
                condition=~Q(state="booked")
                | (
                    Q(decided_by__isnull=False, entry_id__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debit} ← {self.credit}: {self.amount} {self.state}"

    @property
    def amount(self) -> Money:
        """How much."""
        return Money(self.currency, self.amount_minor)
