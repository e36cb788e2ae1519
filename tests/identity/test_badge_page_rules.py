"""Which page a scan comes to: the first state of the list that applies."""

from datetime import UTC, datetime, timedelta

import pytest

from tenants.identity.rules.badge_page import Card, Proof, is_my_worker, link_works, page_state
from tenants.identity.rules.onlookers import address_block, browser_family

AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
GOOD = {"revoked": False, "holder_active": True, "expires_at": AT + HOUR}


def proof(starts=AT, *, same_worker=True, stands=True):
    return Proof(same_worker, starts, starts + 2 * HOUR, stands)


@pytest.mark.parametrize(
    ("card", "shown", "state"),
    [
        ({}, None, "valid"),
        ({"revoked": True}, None, "not_valid"),
        ({"holder_active": False}, None, "not_valid"),
        ({"revoked": True, "expires_at": AT}, proof(), "not_valid"),
        ({"expires_at": AT}, None, "expired"),
        ({"expires_at": AT, "stale": True}, proof(), "expired"),
        ({"stale": True, "second_device": True}, proof(), "stale_code"),
        ({"second_device": True}, proof(same_worker=False), "opened_elsewhere"),
        ({}, proof(same_worker=False), "not_expected"),
        ({}, proof(stands=False), "not_expected"),
        ({}, proof(AT + timedelta(minutes=61)), "not_expected"),
        ({}, proof(AT + timedelta(minutes=60)), "expected_now"),
        ({}, proof(AT - 2 * HOUR - timedelta(minutes=60)), "expected_now"),
        ({}, proof(AT - 2 * HOUR - timedelta(minutes=61)), "not_expected"),
        ({}, proof(AT - timedelta(days=1)), "not_expected"),
        ({}, proof(), "expected_now"),
    ],
)
def test_the_first_state_that_applies_wins(card, shown, state):
    assert page_state(Card(**{**GOOD, **card}), shown, at=AT) == state


@pytest.mark.parametrize(
    ("at", "works"),
    [
        (AT - timedelta(hours=24, seconds=1), False),
        (AT - timedelta(hours=24), True),
        (AT + timedelta(hours=4), True),
        (AT + timedelta(hours=4, seconds=1), False),
    ],
)
def test_a_link_works_from_a_day_before_until_two_hours_after(at, works):
    assert link_works(AT, AT + 2 * HOUR, at=at) is works


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("4821", True),
        (" 48-21 ", True),
        ("4822", False),
        ("821", False),
        ("7k3q9d2x", True),
        ("7K3Q-9D2X", True),
        ("7K3Q9D2", False),
        ("", False),
    ],
)
def test_a_customer_is_known_by_the_end_of_the_phone_or_the_reference(said, known):
    assert is_my_worker(said, phone="+525512344821", reference="7K3Q9D2X") is known


def test_a_customer_without_a_phone_is_known_by_the_reference_only():
    assert not is_my_worker("0000", phone=None, reference="7K3Q9D2X")
    assert is_my_worker("7K3Q9D2X", phone=None, reference="7K3Q9D2X")


def test_only_the_coarse_address_and_the_family_of_browser_are_kept():
    assert address_block("203.0.113.77", v4=24, v6=48) == "203.0.113.0/24"
    assert address_block("2001:db8:1:2:3::9", v4=32, v6=64) == "2001:db8:1:2::/64"
    assert address_block("::ffff:203.0.113.77", v4=24, v6=48) == "203.0.113.0/24"
    assert address_block("not an address", v4=24, v6=48) == "unknown"
    assert browser_family("Mozilla/5.0 (Linux) Chrome/140 Mobile Safari/537.36") == "Chrome"
