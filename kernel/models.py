"""What the kernel keeps: facts waiting to be told, things that are due, keys and limits used."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from kernel import clock
from kernel.ids import uuid7
from kernel.isolation import CurrentTenant


class EventCounter(models.Model):
    """How many events a tenant has. Only the database counts."""

    rights: ClassVar[str] = ""

    tenant_id = models.BigIntegerField(primary_key=True, db_default=CurrentTenant())
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.tenant_id}: {self.last}"


class OutboxEvent(models.Model):
    """A fact, appended with the change it describes and never edited. It is also the public log."""

    rights: ClassVar[str] = "select, insert, update (delivered_at)"

    id = models.BigAutoField(primary_key=True)
    tenant_id = models.BigIntegerField(db_default=CurrentTenant())
    seq = models.BigIntegerField(null=True, help_text="1, 2, 3, … per tenant, given at commit.")
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    actor_role = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(db_default=Now())
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "seq"], name="outbox_seq_unique")
        ]
        indexes = [
            models.Index(
                fields=["retry_at"],
                name="outbox_undelivered",
                condition=Q(delivered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class HandledEvent(models.Model):
    """A handler has dealt with an event: written in the handler's own transaction, so once."""

    rights: ClassVar[str] = "select, insert"

    tenant_id = models.BigIntegerField(db_default=CurrentTenant())
    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="+")
    handler = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="event_handled_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.handler}"


class Timer(models.Model):
    """Something that is due at a moment: unique by its key, cancellable, tried again if it fails.

    `name` says who acts (`kernel.timers.timer`), `subject_id` on what; `entry` tells apart the
    times the subject entered the state that the timer belongs to.
    """

    PENDING, DONE, CANCELLED, DEAD = "pending", "done", "cancelled", "dead"
    STATES = (PENDING, DONE, CANCELLED, DEAD)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant_id = models.BigIntegerField(db_default=CurrentTenant())
    name = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    entry = models.CharField(max_length=40, default="")
    due_at = models.DateTimeField()
    retry_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, default=PENDING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "name", "subject_id", "entry"], name="timer_set_once"
            ),
            models.CheckConstraint(
                name="timer_state_known",
                condition=Q(state__in=("pending", "done", "cancelled", "dead")),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="timer_pending", condition=Q(state="pending")),
            models.Index(fields=["tenant_id", "subject_id"], name="timer_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at} {self.state}"


class UsedKey(models.Model):
    """An `Idempotency-Key` that was used, what was asked with it, and what was answered."""

    tenant_id = models.BigIntegerField(db_default=CurrentTenant())
    caller = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "caller", "key"], name="key_used_once")
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"


class Allowance(models.Model):
    """A token bucket: how much of a limit is left, and since when it has been filling up."""

    tenant_id = models.BigIntegerField(db_default=CurrentTenant())
    limit = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    tokens = models.FloatField()
    filled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "limit", "subject"], name="one_bucket"),
            models.CheckConstraint(name="bucket_not_overdrawn", condition=Q(tokens__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.limit} {self.subject}: {self.tokens:.1f}"
