"""Sessions as their owner sees them, and the bridge from the auth host to a tenant's host."""

from django.db import models

from kernel import clock
from tenants.tenancy.models.people import User
from tenants.tenancy.models.tenant import TenantModel


class SessionRecord(TenantModel):
    """A session somebody has at this host, so that they can see it and end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40)
    host = models.CharField(max_length=260)
    strong = models.BooleanField(default=False)
    device = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(default=clock.system_now)
    seen_at = models.DateTimeField(default=clock.system_now)

    class Meta:
        indexes = [models.Index(fields=["tenant", "user"], name="sessions_of_person")]

    def __str__(self) -> str:
        return f"{self.host} {self.device[:40]}"


class Handoff(TenantModel):
    """A person proved at the auth host who they are; this lets them arrive at one host, once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    state_hash = models.CharField(max_length=64)
    host = models.CharField(max_length=260)
    next_path = models.CharField(max_length=1500)
    strong = models.BooleanField()
    proved_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code_hash"], name="handoff_code_unique")
        ]

    def __str__(self) -> str:
        return f"{self.host} until {self.expires_at}"
