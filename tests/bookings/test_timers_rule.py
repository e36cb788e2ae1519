"""When a booking's timers are due."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.bookings.rules import timers

AT = datetime(2026, 11, 21, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours_to_start", "minutes"), [(72, 24 * 60), (26, 24 * 60), (5, 180), (2.1, 10), (1, 10)]
)
def test_a_request_waits_a_day_or_until_two_hours_before_but_ten_minutes_at_least(
    hours_to_start, minutes
):
    due = timers.answer_by(entered_at=AT, starts_at=AT + timedelta(hours=hours_to_start))
    assert due == AT + timedelta(minutes=minutes)


def test_a_choice_has_fifteen_minutes_at_least():
    assert timers.choose_by(entered_at=AT, starts_at=AT) == AT + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("within", "hours_to_start", "hours"),
    [(0.25, 72, 0.25), (0.25, 1, 0.25), (48, 72, 48), (48, 24, 22), (48, 2.1, 0.25), (48, 1, 0.25)],
)
def test_a_payment_has_its_ways_time_but_not_the_workers_notice_and_always_a_while(
    within, hours_to_start, hours
):
    due = timers.pay_by(
        entered_at=AT,
        starts_at=AT + timedelta(hours=hours_to_start),
        within=timedelta(hours=within),
        notice=timedelta(hours=2),
    )
    assert due == AT + timedelta(hours=hours)


def test_the_plain_ones():
    assert timers.assume_delivered_at(ends_at=AT) == AT + timedelta(hours=24)
    assert timers.check_out_at(ends_at=AT) == AT + timedelta(hours=2)
    assert timers.complete_at(entered_at=AT, flagged=False) == AT + timedelta(hours=24)
    assert timers.complete_at(entered_at=AT, flagged=True) == AT + timedelta(hours=48)


def test_only_reminders_still_ahead_are_set():
    start = AT + timedelta(hours=3)
    assert timers.reminders(starts_at=start, at=AT) == {"reminder_hours": AT + timedelta(hours=1)}
    assert timers.reminders(starts_at=AT + timedelta(hours=2), at=AT) == {}


def test_half_of_a_time_five_minutes_after_leaving_time_ten_after_the_start():
    due = AT + timedelta(hours=4)
    assert timers.halfway(entered_at=AT, due=due) == AT + timedelta(hours=2)
    start = AT + timedelta(hours=3)
    left = start - timedelta(minutes=20)
    assert timers.on_the_way(starts_at=start, should_depart_at=left, at=AT) == {
        "leave_now": start - timedelta(minutes=15),
        "is_late": start + timedelta(minutes=10),
    }
    later = start + timedelta(minutes=10)
    assert timers.on_the_way(starts_at=start, should_depart_at=left, at=later) == {}


def test_six_hours_before_it_counts_as_confirmed_and_not_where_that_is_sooner():
    due = AT + timedelta(hours=24)
    assert timers.confirm_soon(entered_at=AT, due=due) == {"confirm_soon": AT + timedelta(hours=18)}
    assert timers.confirm_soon(entered_at=AT, due=AT + timedelta(hours=6)) == {}
