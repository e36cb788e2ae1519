"""What makes an account safe: contacts that changed, codes, devices, holds on money, doubts.

Accounts are people's own, so most of these rows are the house's. A tenant learns of holds through
`money_holds_of` in the database, and keeps its own releases.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock
from tenants.tenancy.models.people import Membership, User
from tenants.tenancy.models.tenant import TenantModel


class ContactChange(TenantModel):
    """A person's e-mail address or phone became another one."""

    rights: ClassVar[str] = "select, insert"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5)
    old = models.CharField(max_length=254, blank=True)
    new = models.CharField(max_length=254)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_kind_known", condition=Q(kind__in=("email", "phone"))
            )
        ]
        indexes = [models.Index(fields=["tenant", "user"], name="changes_of_contacts")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class ProofCode(TenantModel):
    """Six digits that a signed-in person has to bring back: to confirm, or to prove a contact."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=7)
    sent_to = models.CharField(max_length=254)
    code_hash = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proof_purpose_known",
                condition=Q(purpose__in=("confirm", "email", "phone")),
            )
        ]
        indexes = [models.Index(fields=["tenant", "user"], name="codes_of_person")]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at}"


class KnownDevice(TenantModel):
    """A browser that a person has signed in with; its cookie is kept as a hash only."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    cookie_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "cookie_hash"], name="device_known_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SecurityHold(TenantModel):
    """A person's money stays where it is for a while; releases stand beside it."""

    rights: ClassVar[str] = "select, insert"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16)
    opened_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="money_held_for_known_reason",
                condition=Q(
                    reason__in=(
                        *("account_changed", "factors_reset", "recovered"),
                        *("contact_changed", "new_device", "doubted"),
                    )
                ),
            ),
            models.CheckConstraint(
                name="money_held_until_later",
                condition=Q(until__isnull=True) | Q(until__gt=F("opened_at")),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "user"], name="holds_of_person")]

    def __str__(self) -> str:
        return f"{self.reason} until {self.until}"


class HoldRelease(TenantModel):
    """Two people of one office let money go before its hold ends: for this tenant only."""

    hold_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "hold_id"], name="hold_released_once"),
            models.CheckConstraint(
                name="two_people_release_a_hold",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="confirmed_by_somebody",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} asked at {self.asked_at}"


class Recovery(TenantModel):
    """One operator's wish to take away a lost second factor, until another has answered it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    done = models.BooleanField(default=False, help_text="Confirmed; else dropped.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user"],
                name="one_recovery_waits",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="two_people_recover_an_account",
                condition=Q(done=False) | (Q(ended_by__isnull=False) & ~Q(ended_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} asked at {self.asked_at}"


class SecurityAlert(TenantModel):
    """A message that something about an account changed, whose link says "this was not me"."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64)
    sent_to = models.CharField(max_length=254, help_text="Masked.")
    sent_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "token_hash"], name="alert_link_unique")
        ]
        indexes = [models.Index(fields=["tenant", "user"], name="alerts_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.sent_to}"
