"""Entries of the office's menu that not everybody in it sees."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from kernel.actor import Role
from kernel.errors import NotFound
from tenants.tenancy.access import office_actor_of, roles


class OfficeItem(MenuItem):
    """An entry that only the office sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from whoever is not of the office."""
        try:
            return office_actor_of(request).works_in_office
        except NotFound:
            return False


class OwnersItem(MenuItem):
    """An entry that only owners see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from staff."""
        return Role.OWNER in roles(request)
