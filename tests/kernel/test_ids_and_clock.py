"""Ids sort by time and tell nothing else; the clock stands still where we travel."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel import clock
from kernel.ids import CROCKFORD, as_readable, forgiving, readable_code, uuid7

THEN = datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7_made_now():
    made = uuid7()
    age = time.time_ns() // 1_000_000 - (made.int >> 80)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert 0 <= age < 1_000


def test_ids_made_later_sort_later():
    first = uuid7()
    time.sleep(0.002)
    assert first < uuid7()


def test_ids_made_in_one_millisecond_sort_as_they_were_made():
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len({each.int >> 80 for each in made}) < 5_000


def test_a_clock_that_is_set_back_makes_no_earlier_ids(monkeypatch):
    first = uuid7()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    second = uuid7()
    assert second > first
    assert second.int >> 80 == first.int >> 80


def test_ids_do_not_travel():
    with clock.travelling_to(THEN):
        assert uuid7().int >> 80 > THEN.timestamp() * 1_000 + 1_000_000


@given(st.integers(0, 32**8 - 1))
def test_a_number_is_written_so_that_it_can_be_read_back(number):
    written = as_readable(number, length=8)
    assert len(written) == 8
    assert sum(CROCKFORD.index(c) * 32**i for i, c in enumerate(reversed(written))) == number


def test_codes_use_letters_nobody_misreads():
    assert set(readable_code(500)) <= set(CROCKFORD)
    assert not set("ILOU") & set(CROCKFORD)
    assert forgiving("o1-il b") == "0111B"


def test_inside_the_block_it_is_then_and_outside_it_is_now():
    with clock.travelling_to(THEN):
        assert clock.now() == THEN
        with clock.travelling_to(THEN + timedelta(days=1)):
            assert clock.now() == THEN + timedelta(days=1)
        assert clock.now() == THEN
        assert clock.system_now() > THEN
    assert abs(clock.now() - clock.system_now()) < timedelta(seconds=1)


def test_the_way_back_is_found_after_an_error():
    with pytest.raises(OSError, match="lost"), clock.travelling_to(THEN):
        raise OSError("lost")
    assert clock.now() > THEN
