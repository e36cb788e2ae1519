"""Puts jobs into the office."""

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tenants.tenancy.access.menu import OfficeItem


@hooks.register("register_admin_urls")
def our_addresses() -> list[URLPattern | URLResolver]:
    """Say where these pages are."""
    return [path("", include("marketplace.jobs.urls.office"))]


@hooks.register("register_admin_menu_item")
def jobs_item() -> MenuItem:
    """Put jobs into the menu."""
    return OfficeItem(
        gettext_lazy("Job posts"), reverse("jobs_office"), icon_name="list-ul", order=112
    )
