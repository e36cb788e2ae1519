"""Checks of a worker: one row is one attempt; what was handed in; what happened."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from tenants.identity.rules.check_states import State
from tenants.tenancy.models import Membership, StoredFile, TenantModel


class WorkerCheck(TenantModel):
    """One attempt to verify one thing about a member. A later attempt supersedes it."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, help_text="See `rules.check_types`.")
    state = models.CharField(max_length=16, default=State.NOT_STARTED)
    target = models.CharField(max_length=8, blank=True, help_text="What an adverse notice leads to")
    origin = models.CharField(max_length=8, default="own")
    level = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=0, help_text="How often more was asked for.")
    fields = models.JSONField(default=dict, help_text="What was stated, numbers left out.")
    number_sealed = models.BinaryField(null=True)
    number_index = models.CharField(max_length=32, blank=True)
    number_shown = models.CharField(max_length=4, blank=True, help_text="Its last characters.")
    remark = models.CharField(max_length=40, blank=True, help_text="What the reviewer should see.")
    requested_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True)
    proposal = models.CharField(max_length=6, blank=True)
    proposal_reason = models.CharField(max_length=24, blank=True)
    proposed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason_code = models.CharField(max_length=24, blank=True)
    decided_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True, help_text="What the worker replied.")
    not_by = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Proposed what the worker answered, so somebody else looks again.",
    )
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_state_known",
                condition=Q(state__in=tuple(state.value for state in State)),
            ),
            models.CheckConstraint(
                name="check_passed_until_when",
                condition=~Q(state="passed") | Q(valid_until__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["tenant", "member", "kind"],
                name="one_open_check_of_a_kind",
                condition=Q(
                    state__in=(
                        "not_started",
                        "awaiting_worker",
                        "submitted",
                        "in_review",
                        "needs_more",
                    )
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "member", "kind"], name="checks_of_member"),
            models.Index(fields=["tenant", "state", "due_at"], name="checks_by_due_time"),
            models.Index(
                fields=["tenant", "number_index"],
                name="checks_by_number",
                condition=~Q(number_index=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class CheckStep(TenantModel):
    """A step a check took: appended with the change, never edited."""

    rights: ClassVar[str] = "select, insert"

    check_row = models.ForeignKey(WorkerCheck, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16)
    came_from = models.CharField(max_length=16)
    led_to = models.CharField(max_length=16)
    by_role = models.CharField(max_length=8)
    by_id = models.UUIDField(null=True)
    reason_code = models.CharField(max_length=24, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["tenant", "check_row", "at"], name="steps_of_check")]

    def __str__(self) -> str:
        return f"{self.came_from} → {self.led_to}"


class Evidence(TenantModel):
    """A file handed in for a check; `part` says which (front, back, selfie …)."""

    check_row = models.ForeignKey(WorkerCheck, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=16)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "check_row", "part", "round"], name="one_file_per_part"
            )
        ]

    def __str__(self) -> str:
        return self.part
