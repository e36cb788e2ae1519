"""When a visit is paid, tried again, and given up: pure rules."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.bookings.rules.scheduling import charge_at, pay_due_by, pay_when, try_again_at

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("axis", "ahead", "expected"),
    [
        ("at_booking", timedelta(days=80), "at_booking"),
        ("at_booking", timedelta(days=80, minutes=1), "before_start"),
        ("before_start", timedelta(hours=48), "at_booking"),
        ("before_start", timedelta(hours=48, minutes=1), "before_start"),
        ("after_service", timedelta(hours=2), "after_service"),
        ("after_service", timedelta(days=100), "after_service"),
    ],
)
def test_a_visit_is_paid_when_its_service_says_and_the_time_allows(axis, ahead, expected):
    chosen = {"axis": axis, "starts_at": AT + ahead, "at": AT}

    assert pay_when(**chosen, keeps_cards=True, in_cash=False) == expected
    assert pay_when(**chosen, keeps_cards=False, in_cash=False) == "at_booking"
    assert pay_when(**chosen, keeps_cards=True, in_cash=True) == "at_booking"


def test_the_card_is_charged_two_days_before_the_visit():
    assert charge_at(starts_at=AT) == AT - timedelta(hours=48)


@pytest.mark.parametrize(
    ("left", "within"),
    [(44 * HOUR, 24 * HOUR), (28 * HOUR, 24 * HOUR), (10 * HOUR, 6 * HOUR), (2 * HOUR, HOUR)],
)
def test_who_has_to_pay_by_hand_has_a_day_but_not_into_the_last_four_hours(left, within):
    assert pay_due_by(entered_at=AT, starts_at=AT + left) == AT + within


@pytest.mark.parametrize(
    ("reason", "tries", "left", "again"),
    [
        ("card_declined", 1, 48 * HOUR, AT + 4 * HOUR),
        ("card_declined", 2, 48 * HOUR, None),
        ("authentication_required", 1, 48 * HOUR, None),
        ("no_card", 1, 48 * HOUR, None),
        ("card_declined", 1, 9 * HOUR, AT + 4 * HOUR),
        ("card_declined", 1, 8 * HOUR, None),
    ],
)
def test_a_declined_card_is_tried_once_more_if_that_can_help_in_time(reason, tries, left, again):
    found = try_again_at(reason=reason, tries=tries, at=AT, starts_at=AT + left)

    assert found == again


def test_after_the_work_there_is_always_time_for_another_try():
    found = try_again_at(reason="card_declined", tries=1, at=AT, starts_at=None)

    assert found == AT + 4 * HOUR
