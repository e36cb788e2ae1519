"""What the engine saw and what people decided. Appended, never edited."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from reviews.models.review import Review
from tenants.tenancy.models import Membership, TenantModel


class Screening(TenantModel):
    """A score, with the very facts it was computed from: scoring them again gives the same."""

    rights: ClassVar[str] = "select, insert"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="screenings")
    moment = models.CharField(max_length=10)
    snapshot = models.TextField(help_text="Canonical JSON.")
    snapshot_hash = models.CharField(max_length=64)
    log_odds = models.FloatField()
    score = models.FloatField()
    contributions = models.JSONField()
    findings = models.JSONField()
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="screening_moment_known",
                condition=Q(moment__in=("submit", "reveal", "delay", "hold")),
            )
        ]
        indexes = [models.Index(fields=["tenant", "review", "at"], name="screenings_of_review")]

    def __str__(self) -> str:
        return f"{self.moment} {self.outcome} {self.score:.2f}"

    @property
    def facts(self) -> dict[str, Any]:
        """What was known."""
        known: dict[str, Any] = json.loads(self.snapshot)
        return known


class ModeratorDecision(TenantModel):
    """What a person decided about a review, and why."""

    rights: ClassVar[str] = "select, insert"

    PUBLISH, NOT_COUNT, REMOVE = "publish", "not_count", "remove"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="decisions")
    moderator = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=9)
    reason_code = models.CharField(max_length=20)
    note = models.TextField(max_length=1000, blank=True)
    on_appeal = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderator_decision_known",
                condition=Q(decision__in=("publish", "not_count", "remove")),
            )
        ]
        indexes = [models.Index(fields=["tenant", "review", "at"], name="decisions_on_review")]

    def __str__(self) -> str:
        return f"{self.decision}: {self.reason_code}"
