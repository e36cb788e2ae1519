"""Puts bookings into the office."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from kernel.actor import Role
from kernel.errors import NotFound
from tenants.tenancy.access import office_actor_of, roles


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern | URLResolver]:
    """Say where these pages are."""
    return [path("", include("marketplace.bookings.urls.office"))]


class OfficeItem(MenuItem):
    """An entry that only the office sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from whoever is not of the office."""
        try:
            return office_actor_of(request).works_in_office
        except NotFound:
            return False


@hooks.register("register_admin_menu_item")
def bookings_item() -> MenuItem:
    """Put bookings into the menu."""
    return OfficeItem(
        gettext_lazy("Bookings"), reverse("bookings_office"), icon_name="calendar", order=110
    )


class OwnersItem(MenuItem):
    """An entry that only owners see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from staff."""
        return Role.OWNER in roles(request)


@hooks.register("register_admin_menu_item")
def commissions_item() -> MenuItem:
    """Put commissions into the menu."""
    where = reverse("bookings_office_rules")
    return OwnersItem(gettext_lazy("Commissions"), where, icon_name="order", order=805)
