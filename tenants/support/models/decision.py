"""What was decided about somebody, and why: appended, chained, never changed."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from tenants.tenancy.models import Membership, TenantModel


class DecisionRecord(TenantModel):
    """One decision. `body` is the text that was hashed; the columns beside it find it again."""

    rights: ClassVar[str] = "select, insert"

    number = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    concerns = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=40)
    automated = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    body = models.TextField()
    hash_prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="decision_number_unique"),
            models.UniqueConstraint(fields=["tenant", "hash_prev"], name="decision_chain_unforked"),
            models.CheckConstraint(
                name="decision_automation_known",
                condition=Q(automated__in=("full", "assisted", "none")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "subject_id"], name="decisions_on_subject"),
            models.Index(fields=["tenant", "concerns", "-at"], name="decisions_concerning"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.kind}: {self.outcome}"

    @property
    def record(self) -> dict[str, Any]:
        """Everything that was recorded."""
        known: dict[str, Any] = json.loads(self.body)
        return known
