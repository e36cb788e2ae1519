"""What may be an attack: who, what, when. Appended, never edited."""

from typing import ClassVar

from django.db import models

from kernel import clock
from tenants.tenancy.models.tenant import TenantModel


class SecurityEvent(TenantModel):
    """Something happened that honest people do not do; those who run the machines see it."""

    rights: ClassVar[str] = "select, insert"

    kind = models.CharField(max_length=40)
    actor_role = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=120)
    facts = models.JSONField(default=dict, help_text="Names and counts; nothing personal.")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["tenant", "kind", "at"], name="security_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_kind} {self.object_id}"
