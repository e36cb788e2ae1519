"""The office's menu: a few groups instead of thirty entries, and every page still in it once."""

import re

from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from tenants.tenancy.access.menu import GROUPS, MONEY, PEOPLE, GroupedItem, in_groups
from tests.support.worlds import signed_in_client


def names(items: list[MenuItem]) -> list[str]:
    return [each.name for each in sorted(items, key=lambda each: each.order)]


def test_entries_stand_in_their_groups_and_a_group_of_one_is_that_entry(rf):
    team = GroupedItem("Team", "/t/", order=290, group=PEOPLE)
    more = SubmenuMenuItem("More", Menu(items=[MenuItem("Badges", "/b/")]), order=291)
    more.group = PEOPLE
    bills = GroupedItem("Bills", "/m/", order=340, group=MONEY)
    pages, strange = MenuItem("Pages", "/p/", order=100), GroupedItem("X", "/x/", group="nowhere")

    found = in_groups([pages, team, more, bills, strange], rf.get("/office/"))

    assert names(found) == ["pages", "group-people", "bills", "x"]
    people = next(each for each in found if each.name == "group-people")
    assert names(people.menu.menu_items_for_request(rf.get("/"))) == ["team", "badges"]


def test_groups_have_places_of_their_own():
    places = [order for _, _, order in GROUPS.values()]
    assert len(set(places)) == len(places)


def test_an_owner_reads_a_dozen_entries_and_reaches_every_page(patitas, olga):
    home = signed_in_client("olga", strong=True).get("/office/").content.decode()
    (props,) = re.findall(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', home, re.S)

    for page in (
        "bookings",
        "payments",
        "payouts",
        "bank",
        "statements",
        "people",
        "keys",
        "rules",
    ):
        assert props.count(f'"/office/{page}/"') == 1, page
    for name in GROUPS:
        assert f'"group-{name}"' in props, name
