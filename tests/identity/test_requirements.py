"""What a worker needs, and how it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from tenants.identity.rules.national_ids import read_number
from tenants.identity.rules.requirements import Seen, standing

AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def passed(until, *, kind="criminal_record", state="passed", level=3, target=""):
    return Seen(kind, state, level, until, target)


def status(*seen, kind="criminal_record", at=AT, min_level=2):
    return standing(kind, seen, at=at, min_level=min_level).status


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (AT + 31 * DAY, "ok"),
        (AT + 30 * DAY, "expiring"),
        (AT, "expiring"),
        (AT - 6 * DAY, "in_grace"),
        (AT - 7 * DAY, "in_grace"),
        (AT - 8 * DAY, "expired"),
    ],
)
def test_a_check_holds_until_its_end_and_a_week_of_grace(until, expected):
    assert status(passed(until)) == expected


def test_insurance_has_no_grace():
    over = passed(AT - timedelta(minutes=1), kind="insurance")

    assert status(over, kind="insurance") == "expired"


def test_without_an_attempt_it_is_missing_and_while_we_look_it_is_in_review():
    assert status() == "missing"
    assert status(Seen("criminal_record", "awaiting_worker", 0, None)) == "missing"
    assert status(Seen("criminal_record", "submitted", 0, None)) == "in_review"
    assert status(Seen("criminal_record", "adverse_pending", 0, None, "failed")) == "failed"


def test_a_renewal_under_way_leaves_the_old_one_counting():
    renewal = Seen("criminal_record", "submitted", 0, None)

    assert status(renewal, passed(AT + 5 * DAY)) == "expiring"
    assert status(renewal, passed(AT - 20 * DAY)) == "in_review"


def test_a_proposed_revocation_takes_nothing_until_it_stands():
    assert status(passed(AT + 90 * DAY, state="adverse_pending", target="revoked")) == "ok"
    assert status(passed(AT + 90 * DAY, state="revoked")) == "failed"


def test_a_check_of_too_low_a_level_does_not_count():
    assert status(passed(AT + 90 * DAY, level=2), min_level=3) == "missing"


@pytest.mark.parametrize(
    ("country", "value", "expected"),
    [
        ("MX", "boxw 310820 hnerxn-09", ("BOXW310820HNERXN09", "ok", "")),
        ("MX", "BOXW310820HNERXN08", ("BOXW310820HNERXN08", "reject", "check_digit")),
        ("MX", "BOXW310820XNERXN09", ("BOXW310820XNERXN09", "review", "sex_x")),
        ("BR", "390.533.447-05", ("39053344705", "ok", "")),
        ("BR", "111.111.111-11", ("11111111111", "reject", "malformed")),
        ("PA", "8-123-456", ("8123456", "review", "no_check_digit")),
    ],
)
def test_numbers_are_read_country_by_country(country, value, expected):
    reading = read_number(country, value)

    assert (reading.normalised, reading.result, reading.reason) == expected
