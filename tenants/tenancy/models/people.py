"""People: one account each, and a membership for every role they have at a tenant."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models

from kernel import clock
from kernel.actor import PEOPLE
from kernel.ids import uuid7
from tenants.tenancy.models.tenant import TenantModel


def fresh_username() -> str:
    """Return a name nobody types: people sign in with a code sent to their e-mail or phone."""
    return uuid7().hex


class User(AbstractUser):
    """A person who can sign in, the same at every tenant. Memberships say what they may do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=150, unique=True, default=fresh_username)
    email = models.EmailField(  # type: ignore[assignment]  # Not everybody has one.
        unique=True, null=True, blank=True
    )
    phone = models.CharField(max_length=16, unique=True, null=True, blank=True, help_text="E.164")
    phone_verified = models.BooleanField(default=False)
    locale = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_is_above_tenants", condition=models.Q(is_superuser=False)
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.phone or str(self.pk)

    def save(self, *args: Any, **options: Any) -> None:
        """Keep missing contacts as none: two people without a phone do not share one."""
        self.email, self.phone = self.email or None, self.phone or None
        super().save(*args, **options)

    @property
    def public_name(self) -> str:
        """First name and initial: all that other people see."""
        initial = f" {self.last_name[0]}." if self.last_name else ""
        return f"{self.first_name}{initial}" or "—"


class Membership(TenantModel):
    """A person in one role at one tenant."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        max_length=8, choices=[(role.value, role.name.title()) for role in PEOPLE]
    )
    moderates = models.BooleanField(default=False, help_text="May decide on held reviews.")
    active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "role"], name="membership_once_per_role"
            ),
            models.CheckConstraint(
                name="membership_role_known",
                condition=models.Q(role__in=tuple(role.value for role in PEOPLE)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
