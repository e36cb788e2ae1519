"""Files that people entrust to us, and who looked at what."""

from typing import ClassVar

from django.db import models

from kernel import clock
from tenants.tenancy.models.people import Membership
from tenants.tenancy.models.tenant import TenantModel


class StoredFile(TenantModel):
    """A file kept encrypted outside any public address; `sealed_key` opens it."""

    rights: ClassVar[str] = "select, insert, delete"

    purpose = models.CharField(max_length=40)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    uploaded_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sealed_key = models.BinaryField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.purpose} {self.content_type}"


class AccessLog(TenantModel):
    """Somebody looked at something personal, and why. Appended, never edited."""

    rights: ClassVar[str] = "select, insert"

    actor_role = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    purpose = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "object_kind", "object_id"], name="access_of_object")
        ]

    def __str__(self) -> str:
        return f"{self.actor_role} {self.object_kind} {self.purpose}"
