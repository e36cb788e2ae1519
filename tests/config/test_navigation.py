"""Everybody finds their own few places, and none that is not there."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from config import navigation
from kernel.actor import Role

pytestmark = pytest.mark.usefixtures("every_place_exists")


class Somebody:
    is_authenticated = True
    pk = 1


class Nobody:
    is_authenticated = False
    pk = None


@pytest.fixture
def every_place_exists(monkeypatch):
    monkeypatch.setattr(navigation, "_exists", lambda url: True)


def places(path="/", who=Somebody, mine=(), urlconf=settings.ROOT_URLCONF):
    request = RequestFactory().get(path)
    request.urlconf, request.user, request._roles = urlconf, who(), dict.fromkeys(mine)
    return [(item.url, item.current) for item in navigation.navigation(request)]


def test_a_visitor_can_search_apply_and_sign_in_to_come_back_here():
    assert places("/search/", who=Nobody) == [
        ("/search/", True),
        ("/work/apply/", False),
        ("/account/login/?next=/search/", False),
    ]


def test_a_worker_sees_the_longest_matching_place_as_here():
    assert places("/work/jobs/AB12/", mine=[Role.WORKER]) == [
        ("/work/", False),
        ("/work/jobs/", True),
        ("/wallet/", False),
        ("/messages/", False),
        ("/account/", False),
    ]


def test_who_works_and_books_sees_the_side_they_are_on():
    both = [Role.WORKER, Role.CUSTOMER]

    assert places("/wallet/", mine=both)[2] == ("/wallet/", True)
    assert places("/search/", mine=both)[0] == ("/search/", True)
    assert ("/work/", False) in places("/search/", mine=both)


def test_an_owner_is_led_to_the_office():
    assert places(mine=[Role.OWNER])[0] == ("/office/", False)


def test_nobody_has_more_places_than_a_phone_shows():
    for mine in ([], [Role.WORKER], [Role.CUSTOMER], [Role.OWNER], list(Role)):
        assert len(places(mine=mine)) <= 5


def test_other_hosts_have_no_such_places():
    assert places(urlconf="config.urls_badge") == []


def test_a_place_that_no_floor_answers_for_is_left_out(monkeypatch):
    monkeypatch.undo()

    assert navigation._exists("/no-such-place/") is False
    assert navigation._exists("/office/") is True
