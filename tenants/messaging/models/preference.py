"""What people want to hear from this tenant, and how."""

from django.db import models

from kernel import clock
from tenants.tenancy.models import TenantModel, User


class Preference(TenantModel):
    """A person turned a channel on or off, for one purpose or (`any`) as a whole."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12)
    channel = models.CharField(max_length=8)
    wanted = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "purpose", "channel"], name="one_choice_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} by {self.channel}: {self.wanted}"
