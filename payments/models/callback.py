"""Our talk with providers: what we asked, what they told us, and which of their things are ours."""

from django.db import models
from django.db.models import Q

from kernel import clock
from payments.rules.calls import STATES as CALL_STATES
from tenants.tenancy.models import TenantModel

EVENT_STATES = ("new", "parked", "done", "ignored", "dead")


class ProviderCall(TenantModel):
    """A request that changes something at a provider, written down before it is sent."""

    provider = models.CharField(max_length=20)
    account = models.CharField(max_length=80, blank=True, help_text="On whose behalf.")
    purpose = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=9, default="prepared")
    response_ref = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    first_sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "account", "key"], name="provider_asked_once"
            ),
            models.CheckConstraint(name="call_state_known", condition=Q(state__in=CALL_STATES)),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class ProviderObject(TenantModel):
    """A thing at a provider that is ours: how an event finds its tenant and its row."""

    object_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, help_text="payment, payee, payout, refund, allocation")
    subject_id = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.object_id} → {self.kind} {self.subject_id}"


class ProviderEvent(TenantModel):
    """A signed event as it came; kept by the house, because its tenant is found out later."""

    provider = models.CharField(max_length=20)
    account = models.CharField(max_length=80, blank=True)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120)
    parents = models.JSONField(default=list, help_text="Objects that it belongs to.")
    claims = models.JSONField(default=dict, help_text="Whose it says it is. Never believed.")
    created_at = models.DateTimeField()
    payload = models.JSONField()
    state = models.CharField(max_length=8, default="new")
    tries = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "account", "event_id"], name="event_received_once"
            ),
            models.CheckConstraint(name="event_state_known", condition=Q(state__in=EVENT_STATES)),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "object_id"],
                name="event_parked",
                condition=Q(state="parked"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}: {self.state}"


class RefusedSignal(TenantModel):
    """How many messages a door refused on a day: the messages themselves are not kept."""

    provider = models.CharField(max_length=20)
    endpoint = models.CharField(max_length=20)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "endpoint", "day"], name="refusals_counted_by_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.endpoint} {self.day}: {self.count}"
