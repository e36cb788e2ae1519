"""Something that needs a person: whose it is, how far along, and everything that happened."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from tenants.support.rules.case_states import NEW
from tenants.tenancy.models import Membership, TenantModel


class Case(TenantModel):
    """A case belongs to somebody from its first moment."""

    kind = models.CharField(max_length=40)
    priority = models.CharField(max_length=2)
    state = models.CharField(max_length=12, default=NEW)
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=40)
    about_id = models.UUIDField(null=True)
    person = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    contacted_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    root_cause = models.CharField(max_length=10, blank=True)
    action = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="one_case_per_key"),
            models.CheckConstraint(
                name="case_priority_known", condition=Q(priority__in=("P1", "P2", "P3"))
            ),
            models.CheckConstraint(
                name="case_state_known",
                condition=Q(
                    state__in=(
                        *("new", "assigned", "contacted", "resolved"),
                        *("communicated", "verified", "reopened", "dismissed"),
                    )
                ),
            ),
            models.CheckConstraint(
                name="resolved_case_has_cause_and_action",
                condition=~Q(state__in=("resolved", "communicated", "verified"))
                | ~Q(root_cause="") & ~Q(action=""),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "due_at"], name="cases_by_due"),
            models.Index(fields=["tenant", "about_id"], name="cases_about"),
        ]

    def __str__(self) -> str:
        return f"{self.priority} {self.title}"


class CaseEvent(TenantModel):
    """Something that happened to a case. Clocks are computed from these, and none is edited."""

    rights: ClassVar[str] = "select, insert"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["tenant", "case", "at"], name="case_story")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
