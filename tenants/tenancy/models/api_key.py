"""Keys for programs: of one tenant, for one member, kept only as hashes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kernel import clock
from tenants.tenancy.models.people import Membership
from tenants.tenancy.models.tenant import TenantModel


class ApiKey(TenantModel):
    """A program may act as one member, as far as its scopes go, until it expires or is revoked."""

    name = models.CharField(max_length=60)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    scopes = ArrayField(models.CharField(max_length=10))
    key_hash = models.CharField(max_length=64)
    shown = models.CharField(max_length=12, help_text="How the key begins.")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key_hash"], name="api_key_unique")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.shown}…)"
