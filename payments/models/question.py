"""What about money a person has to look at."""

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from payments.rules.questions import ADJUST, ANSWERS, ARRIVED, CAME_BACK, OPEN, STATES
from tenants.tenancy.models import Membership, TenantModel


class MoneyQuestion(TenantModel):
    """Something that does not add up: asked once per key, answered by a person, or by itself.

    Most belong to the business whose money it is; what nobody's rows explain is the house's.
    """

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=255)
    about = models.CharField(max_length=255, help_text="What it is about, in the ledger's words.")
    facts = models.JSONField(default=dict)
    currency = models.CharField(max_length=3, blank=True)
    amount_minor = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, default=OPEN)
    opened_at = models.DateTimeField(default=clock.now)
    alarmed_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+"
    )

    proposed_by = models.ForeignKey(
        Membership,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Proposes an answer that moves money; somebody else has to agree.",
    )
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="question_asked_once"),
            models.CheckConstraint(name="question_state_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="question_answer_known", condition=Q(answer__in=("", *ANSWERS))
            ),
            models.CheckConstraint(
                name="question_answered_with_a_moment",
                condition=Q(state=OPEN) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="difference_booked_by_two",
                condition=~Q(answer=ADJUST)
                | Q(proposed_by__isnull=False) & ~Q(proposed_by=F("answered_by")),
            ),
            models.CheckConstraint(
                name="lost_payout_settled_by_two",
                condition=~Q(answer__in=(ARRIVED, CAME_BACK))
                | Q(proposed_by__isnull=False) & ~Q(proposed_by=F("answered_by")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "opened_at"], name="question_open", condition=Q(state=OPEN)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}: {self.state}"

    @property
    def lacks_minor(self) -> int:
        """What our books lack of it, and a person may book."""
        return int(self.facts.get("lacks_minor", 0))

    @property
    def proposed(self) -> str:
        """The answer that somebody has proposed and nobody has agreed to yet."""
        return str(self.facts.get("proposed", ADJUST)) if self.proposed_by_id else ""

    @property
    def amount(self) -> Money | None:
        """How much it is about, if it is about an amount."""
        if self.amount_minor is None:
            return None
        return Money(self.currency, self.amount_minor)
