"""Puts bookings into the office."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tenants.tenancy.access.menu import BOOKINGS, SETTINGS, OfficeItem, OwnersItem


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern | URLResolver]:
    """Say where these pages are."""
    return [path("", include("marketplace.bookings.urls.office"))]


@hooks.register("register_admin_menu_item")
def bookings_item() -> MenuItem:
    """Put bookings into the menu."""
    return OfficeItem(
        gettext_lazy("Bookings"),
        reverse("bookings_office"),
        icon_name="calendar",
        order=110,
        group=BOOKINGS,
    )


@hooks.register("register_admin_menu_item")
def commissions_item() -> MenuItem:
    """Put commissions into the menu."""
    where = reverse("bookings_office_rules")
    return OwnersItem(
        gettext_lazy("Commissions"), where, icon_name="order", order=805, group=SETTINGS
    )


@hooks.register("register_admin_menu_item")
def packages_item() -> MenuItem:
    """Put packages into the menu."""
    where = reverse("bookings_office_packages")
    return OfficeItem(gettext_lazy("Packages"), where, icon_name="date", order=112, group=BOOKINGS)


@hooks.register("register_admin_menu_item")
def series_item() -> MenuItem:
    """Put what repeats into the menu."""
    where = reverse("bookings_office_series")
    return OfficeItem(
        gettext_lazy("Repeating visits"), where, icon_name="rotate", order=111, group=BOOKINGS
    )
