"""People who may carry a badge, their cards, and who looked at them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock
from tenants.tenancy.models import Membership, TenantModel


class Holder(TenantModel):
    """A member who may carry a badge. The floor above says whether, and what they do."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=False, help_text="Approved, and not sent away.")
    line = models.CharField(max_length=120, blank=True, help_text="What they do, in a few words.")
    photo_id = models.UUIDField(null=True, help_text="A stored file: their portrait.")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="one_holder_per_member")
        ]

    def __str__(self) -> str:
        return str(self.member)


class Badge(TenantModel):
    """A card, not a person: a lost one is revoked and a new one issued.

    `handle`, `live_kid` and `live_gen` belong to the code that a phone shows and redraws.
    """

    serial = models.CharField(max_length=26, unique=True, help_text="130 random bits, base 32.")
    handle = models.CharField(max_length=12, unique=True, help_text="60 random bits, base 32.")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    live_kid = models.PositiveSmallIntegerField(default=1)
    live_gen = models.PositiveSmallIntegerField(default=1)
    issued_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=24, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    print_batch = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "holder"],
                name="one_live_badge_per_holder",
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="badge_expires_after_issue", condition=Q(expires_at__gt=F("issued_at"))
            ),
            models.CheckConstraint(
                name="badge_revoked_with_a_reason",
                condition=Q(revoked_at__isnull=True, revoke_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revoke_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.tail}"

    @property
    def tail(self) -> str:
        """The last six characters of the serial: what is printed, and read out on the phone."""
        return self.serial[-6:]


class BadgeScan(TenantModel):
    """Somebody opened a badge's page. Kept for 30 days, never with a whole address."""

    rights: ClassVar[str] = "select, insert, delete"

    badge = models.ForeignKey(Badge, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ip_prefix = models.CharField(max_length=43, help_text="/24 or /48.")
    ua_family = models.CharField(max_length=24, blank=True)
    visit = models.ForeignKey("Visit", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=16)
    live = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["tenant", "badge", "-at"], name="scan_of_badge")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"
