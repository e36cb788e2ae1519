"""Who may edit the catalogue in the office: members of it, and nobody by a permission alone."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from kernel.actor import OFFICE
from tenants.tenancy.queries import office_members, roles_of


class OfficePolicy(BasePermissionPolicy):  # type: ignore[misc]  # Wagtail has no types.
    """The owner and staff may look, add and change; what is in use is archived, not deleted."""

    kept: ClassVar[frozenset[str]] = frozenset({"delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Tell whether somebody may do this to rows of our model."""
        return action not in self.kept and _is_of_office(user.pk)

    def user_has_any_permission(self, user: Any, actions: list[str]) -> bool:
        """Tell whether somebody may do any of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[Model]:
        """Return everybody of the office."""
        people = office_members().values("user_id")
        return get_user_model().objects.filter(pk__in=people)


class LooseOfficePolicy(OfficePolicy):
    """For rows that nothing else needs: the office may delete them, too."""

    kept = frozenset()


def _is_of_office(user_id: UUID | None) -> bool:
    return user_id is not None and any(role in roles_of(user_id) for role in OFFICE)
