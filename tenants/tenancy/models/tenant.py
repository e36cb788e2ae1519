"""The businesses we serve, where they are found, and the base of every row that belongs to one."""

from typing import ClassVar, TypeVar

from django.db import models

from kernel.context import current_tenant
from kernel.ids import uuid7
from kernel.isolation import ALL_RIGHTS, CurrentTenant


class Tenant(models.Model):
    """One business running one marketplace; number 1 is the house itself."""

    OPEN, CLOSED = "open", "closed"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    niche = models.CharField(max_length=30, default="general")
    country = models.CharField(max_length=2, default="MX", help_text="ISO 3166-1")
    currency = models.CharField(max_length=3, default="MXN", help_text="ISO 4217")
    timezone = models.CharField(max_length=40, default="America/Mexico_City", help_text="IANA")
    locale = models.CharField(max_length=5, default="es")
    city = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    brand_color = models.CharField(max_length=7, default="#0f766e")
    state = models.CharField(max_length=6, default=OPEN)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tenant_state_known", condition=models.Q(state__in=("open", "closed"))
            )
        ]

    def __str__(self) -> str:
        return self.name


class Domain(models.Model):
    """A host name that leads to a tenant, and what is served there."""

    TENANT, AUTH, BADGE, PLATFORM = "tenant", "auth", "badge", "platform"

    hostname = models.CharField(max_length=253, unique=True)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="domains")
    serves = models.CharField(max_length=8, default=TENANT)
    primary = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="domain_serves_known",
                condition=models.Q(serves__in=("tenant", "auth", "badge", "platform")),
            ),
            models.UniqueConstraint(
                fields=["tenant", "serves"],
                name="one_primary_domain",
                condition=models.Q(primary=True),
            ),
        ]

    def __str__(self) -> str:
        return self.hostname


M = TypeVar("M", bound=models.Model)


class OfThisTenant(models.Manager[M]):
    """Asks for this tenant's rows by name, too: a second lock, and loud where there is none."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(tenant_id=current_tenant())


class TenantModel(models.Model):
    """A row of exactly one tenant: the one we work for when it is written. Never pass a tenant.

    `rights` is what the application may do with the table; "select, insert" is append-only.
    """

    rights: ClassVar[str] = ALL_RIGHTS

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(
        Tenant,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_default=CurrentTenant(),
    )

    objects = OfThisTenant()

    class Meta:
        abstract = True
