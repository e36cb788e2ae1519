"""Whom we asked, whom we left in peace and why, and what they answered under their name."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from surveys.rules.surveys import EDITABLE_FOR
from tenants.tenancy.models import Membership, TenantModel


class Invitation(TenantModel):
    """One person asked (or not asked) one survey on one occasion."""

    class State(models.TextChoices):
        """What became of it."""

        SKIPPED = "skipped"
        SENT = "sent"
        ANSWERED = "answered"

    survey = models.CharField(max_length=30)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(max_length=60, help_text="The occasion: a person is asked once on it.")
    booking_id = models.UUIDField(null=True)
    token = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=8, choices=State.choices)
    skip_reason = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "survey", "member", "event"], name="asked_once_per_occasion"
            ),
            models.CheckConstraint(
                name="invitation_skipped_for_a_reason",
                condition=(Q(state="skipped") & ~Q(skip_reason=""))
                | (~Q(state="skipped") & Q(skip_reason="")),
            ),
            models.CheckConstraint(
                name="invitation_state_known",
                condition=Q(state__in=("skipped", "sent", "answered")),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "survey", "asked_at"], name="invitation_by_time"),
            models.Index(fields=["tenant", "member", "asked_at"], name="invitations_of_member"),
            models.Index(fields=["tenant", "booking_id"], name="invitation_on_booking"),
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.state}"

    def is_open(self, at: datetime) -> bool:
        """Tell whether it can still be answered."""
        return self.state != self.State.SKIPPED and at <= self.expires_at


class Answer(TenantModel):
    """What a customer answered; the last version within a day of the first is kept."""

    rights: ClassVar[str] = "select, insert, update"

    survey = models.CharField(max_length=30)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="answer")
    value = models.SmallIntegerField()
    stages = models.JSONField(default=list)
    text = models.TextField(blank=True, max_length=2000)
    language = models.CharField(max_length=5)
    first_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="answer_on_a_scale", condition=Q(value__range=(0, 10)))
        ]
        indexes = [models.Index(fields=["tenant", "survey", "last_at"], name="answer_by_time")]

    def __str__(self) -> str:
        return f"{self.survey}: {self.value}"

    def is_settled(self, at: datetime) -> bool:
        """Tell whether it can no longer be changed."""
        return at > self.first_at + EDITABLE_FOR
