"""When a visit may move, who has to agree, and when somebody may be said not to have come."""

from datetime import UTC, datetime, timedelta

import pytest

from marketplace.bookings.rules import changes, no_show
from marketplace.bookings.rules.process import Party

TEN = datetime(2026, 3, 4, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("party", "mode", "charged_bp", "agreed"),
    [
        (Party.CUSTOMER, "instant", 0, (True, True)),
        (Party.CUSTOMER, "instant", 3_000, (True, False)),
        (Party.CUSTOMER, "request", 0, (True, False)),
        (Party.WORKER, "instant", 0, (False, True)),
        (Party.STAFF, "instant", 0, (False, False)),
    ],
)
def test_who_has_to_be_asked_about_another_time(party, mode, charged_bp, agreed):
    assert changes.agreed_at_once(party=party, mode=mode, charged_bp=charged_bp) == agreed


def test_a_visit_moves_three_times_at_most():
    changes.check_moves(moves=2, most=3)
    with pytest.raises(changes.TooManyMoves):
        changes.check_moves(moves=3, most=3)


@pytest.mark.parametrize(
    ("hours_before", "stands"),
    [(60, 24 * HOUR), (10, 8 * HOUR), (2, 15 * MINUTE), (0, 15 * MINUTE)],
)
def test_a_proposal_stands_a_day_until_two_hours_before_and_a_quarter_at_least(
    hours_before, stands
):
    made_at = TEN - hours_before * HOUR
    assert changes.stands_until(made_at=made_at, starts_at=TEN) - made_at == stands


@pytest.mark.parametrize(
    ("shift", "held"),
    [
        (0, []),
        (30, [(60, 90)]),
        (-30, [(-30, 0)]),
        (60, [(60, 120)]),
        (600, [(600, 660)]),
    ],
)
def test_only_what_is_new_of_another_time_is_held(shift, held):
    def at(minutes):
        return TEN + minutes * MINUTE

    found = changes.beyond(old=(at(0), at(60)), new=(at(shift), at(60 + shift)))
    assert found == [(at(start), at(end)) for start, end in held]


def test_a_customer_who_moves_late_keeps_owing_that_much_and_a_worker_s_move_costs_nobody():
    def least(before, charged, party):
        return changes.least_kept(before_bp=before, charged_bp=charged, proposed_by=party)

    assert least(0, 3_000, Party.CUSTOMER) == 3_000
    assert least(5_000, 3_000, Party.CUSTOMER) == 5_000
    assert least(0, 3_000, Party.WORKER) == 0


def report(by, minutes, *, arrived=True, contacted=True):
    at = TEN + minutes * MINUTE
    return no_show.check_report(
        by=by,
        starts_at=TEN,
        arrived_at=TEN if arrived else None,
        contacted_at=TEN if contacted else None,
        at=at,
        wait=15 * MINUTE,
    )


def test_a_worker_reports_from_the_door_after_a_quarter_and_a_try():
    assert report(Party.WORKER, 15) == Party.CUSTOMER
    for refused, asked in (
        (no_show.WaitLonger, {"minutes": 14}),
        (no_show.NotThereYet, {"minutes": 15, "arrived": False}),
        (no_show.TryToReach, {"minutes": 15, "contacted": False}),
    ):
        with pytest.raises(refused):
            report(Party.WORKER, **asked)


def test_a_customer_reports_after_twenty_minutes():
    assert report(Party.CUSTOMER, 20, arrived=False) == Party.WORKER
    with pytest.raises(no_show.WaitLonger):
        report(Party.CUSTOMER, 19, arrived=False)


def test_the_reporter_takes_it_back_and_the_accused_contests_it():
    no_show.check_reporter(by=Party.WORKER, accused="customer")
    no_show.check_accused(by=Party.CUSTOMER, accused="customer")
    with pytest.raises(no_show.OnlyReporter):
        no_show.check_reporter(by=Party.CUSTOMER, accused="customer")
    with pytest.raises(no_show.OnlyAccused):
        no_show.check_accused(by=Party.WORKER, accused="customer")
