"""What a tenant has decided, a row of JSON per group of settings."""

from django.db import models

from tenants.tenancy.models.tenant import TenantModel


class TenantSetting(TenantModel):
    """One group as it was stored. Read it through its schema, which fills in the defaults."""

    group = models.CharField(max_length=60)
    values = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "group"], name="setting_group_unique")
        ]

    def __str__(self) -> str:
        return self.group
