"""What a person is told, and what became of it on each channel."""

from django.db import models
from django.db.models import Q

from kernel import clock
from tenants.messaging.rules.delivery_states import QUEUED
from tenants.tenancy.models import Membership, TenantModel


class Notification(TenantModel):
    """Something a member is told once, about one thing. Their inbox is these rows.

    It keeps values, not texts: the words are made when it is sent or read.
    """

    to = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    notice = models.CharField(max_length=60)
    purpose = models.CharField(max_length=12)
    about = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, help_text="Nothing is left to send.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "to", "notice", "about"], name="person_told_once"
            )
        ]
        indexes = [models.Index(fields=["tenant", "to", "-at"], name="inbox")]

    def __str__(self) -> str:
        return f"{self.notice} {self.about}"


class Sending(TenantModel):
    """Something on its way: whoever claims it holds it for a lease, and then says what happened."""

    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=10, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    free_at = models.DateTimeField(
        default=clock.system_now, help_text="When it may be claimed (again)."
    )
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


STATE_KNOWN = Q(
    state__in=(
        *("queued", "sending", "sent", "delivered", "read"),
        *("failed", "suppressed", "expired"),
    )
)


class Delivery(Sending):
    """A notification on one channel. Its id travels along, so a repeat is recognised there."""

    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="deliveries"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "notification", "channel"], name="one_delivery_per_channel"
            ),
            models.CheckConstraint(name="delivery_state_known", condition=STATE_KNOWN),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class LoginCode(Sending):
    """A code, or a warning with a secret link: sealed until it is sent and gone afterwards."""

    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="login_code_state_known", condition=STATE_KNOWN)]

    def __str__(self) -> str:
        return f"code by {self.channel}, {self.state}"
