"""The few places everybody can go to from every page, by what they are at this tenant."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from kernel.actor import OFFICE, Role
from tenants.tenancy.access import login_address, roles

WORKPLACES = ("/work/", "/wallet/")


class Item(NamedTuple):
    """A place, with the word and the picture that lead to it."""

    label: str | Promise
    url: str
    icon: str
    current: bool = False


SEARCH = Item(pgettext_lazy("navigation", "Search"), "/search/", "search")
VISITS = Item(pgettext_lazy("navigation", "My visits"), "/bookings/", "calendar")
MESSAGES = Item(pgettext_lazy("navigation", "Messages"), "/messages/", "message")
ACCOUNT = Item(pgettext_lazy("navigation", "Account"), "/account/", "user")
WORK = Item(pgettext_lazy("navigation", "Work"), "/work/", "home")
JOBS = Item(pgettext_lazy("navigation", "Jobs"), "/work/jobs/", "list")
MONEY = Item(pgettext_lazy("navigation", "Money"), "/wallet/", "wallet")
OFFICE_HOME = Item(pgettext_lazy("navigation", "Office"), "/office/", "settings")
APPLY = Item(pgettext_lazy("navigation", "Work with us"), "/work/apply/", "hand")
SIGN_IN = Item(pgettext_lazy("navigation", "Sign in"), "/account/login/", "user")


def navigation(request: HttpRequest) -> list[Item]:
    """Return where whoever asks can go; only a tenant's host has such places."""
    if getattr(request, "urlconf", None) != settings.ROOT_URLCONF or not hasattr(request, "user"):
        return []
    places = [item for item in _places(request) if _exists(item.url)]
    here = max(
        (item.url for item in places if request.path.startswith(item.url)), key=len, default=""
    )
    return [
        item._replace(
            current=item.url == here,
            url=login_address(request) if item is SIGN_IN else item.url,
        )
        for item in places
    ]


def _places(request: HttpRequest) -> list[Item]:
    if not request.user.is_authenticated:
        return [SEARCH, APPLY, SIGN_IN]
    mine = roles(request)
    works = Role.WORKER in mine
    if works and (Role.CUSTOMER not in mine or request.path.startswith(WORKPLACES)):
        return [WORK, JOBS, MONEY, MESSAGES, ACCOUNT]
    if any(role in mine for role in OFFICE):
        return [OFFICE_HOME, SEARCH, VISITS, MESSAGES, ACCOUNT]
    return [SEARCH, VISITS, MESSAGES, *([WORK] if works else []), ACCOUNT]


@cache
def _exists(url: str) -> bool:
    """Whether a floor answers there; the website's own pages answer everywhere."""
    try:
        return resolve(url, settings.ROOT_URLCONF).view_name != "wagtail_serve"
    except Resolver404:
        return False
