"""Entries of the office's menu: who sees them, and which group they stand in."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from kernel.actor import Role
from kernel.errors import NotFound
from tenants.tenancy.access import office_actor_of, roles

BOOKINGS, PEOPLE, CATALOGUE, EXPERIENCE = "bookings", "people", "catalogue", "experience"
MONEY, PAY, SETTINGS = "money", "pay", "settings"

# What each group is called, its picture, its place among the others.
GROUPS: dict[str, tuple[Promise | str, str, int]] = {
    BOOKINGS: (pgettext_lazy("menu", "Bookings"), "calendar", 110),
    PEOPLE: (pgettext_lazy("menu", "People"), "group", 200),
    CATALOGUE: (pgettext_lazy("menu", "Catalogue"), "list-ul", 210),
    EXPERIENCE: (pgettext_lazy("menu", "Experience"), "comment", 300),
    MONEY: (pgettext_lazy("menu", "Customers' money"), "wagtail", 330),
    PAY: (pgettext_lazy("menu", "Workers' pay"), "download", 340),
    SETTINGS: (pgettext_lazy("menu", "Rules and keys"), "sliders", 800),
}


class GroupedItem(MenuItem):
    """An entry that everybody sees who sees the office, in a group if it names one."""

    def __init__(self, *args: Any, group: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.group = group


class OfficeItem(GroupedItem):
    """An entry that only the office sees."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from whoever is not of the office."""
        try:
            return office_actor_of(request).works_in_office
        except NotFound:
            return False


class OwnersItem(GroupedItem):
    """An entry that only owners see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Hide it from staff."""
        return Role.OWNER in roles(request)


class _Shown(Menu):
    """A menu of entries that somebody has been found to see already."""

    def menu_items_for_request(self, request: HttpRequest) -> list[MenuItem]:
        """Return them all."""
        return list(self.initial_menu_items)


def in_groups(items: Sequence[MenuItem], request: HttpRequest) -> list[MenuItem]:
    """Return a menu with its entries in their groups; a group of one is that entry alone."""
    found: dict[str, list[MenuItem]] = {}
    loose: list[MenuItem] = []
    for item in items:
        name = getattr(item, "group", "")
        if name not in GROUPS:
            loose.append(item)
        elif isinstance(item, SubmenuMenuItem):
            found.setdefault(name, []).extend(item.menu.menu_items_for_request(request))
        else:
            found.setdefault(name, []).append(item)
    return [*loose, *(_as_group(name, entries) for name, entries in found.items())]


def _as_group(name: str, entries: list[MenuItem]) -> MenuItem:
    if len(entries) == 1:
        return entries[0]
    label, icon, order = GROUPS[name]
    menu = _Shown(items=entries)
    return SubmenuMenuItem(label, menu, name=f"group-{name}", icon_name=icon, order=order)
