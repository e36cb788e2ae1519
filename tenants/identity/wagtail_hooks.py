"""Puts verification and badges into the office."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tenants.tenancy.access.menu import PEOPLE, OfficeItem


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern | URLResolver]:
    """Say where these pages are."""
    return [path("", include("tenants.identity.urls.office"))]


@hooks.register("register_admin_menu_item")
def verification_item() -> MenuItem:
    """Put verification into the menu."""
    return OfficeItem(
        gettext_lazy("Verification"),
        reverse("identity_queue"),
        icon_name="check",
        order=210,
        group=PEOPLE,
    )


@hooks.register("register_admin_menu_item")
def badges_item() -> MenuItem:
    """Put badges into the menu."""
    return OfficeItem(
        gettext_lazy("Badges"),
        reverse("identity_badges"),
        icon_name="user",
        order=220,
        group=PEOPLE,
    )
