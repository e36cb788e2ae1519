"""Which phone or computer an account was used on, as a fingerprint that tells nothing else."""

from django.db import models

from kernel import clock
from tenants.tenancy.models import TenantModel, User


class DeviceSeen(TenantModel):
    """An account used a device here. The fingerprint differs from tenant to tenant."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=32)
    first_seen_at = models.DateTimeField(default=clock.now)
    last_seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "device"], name="device_once_per_account"
            )
        ]
        indexes = [models.Index(fields=["tenant", "device"], name="accounts_of_device")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.last_seen_at:%Y-%m-%d}"
