"""How services may be booked in time: limits, and whose word counts. No database."""

import pytest

from marketplace.matching.rules.lanes import Lanes, Room, choices_of
from marketplace.matching.rules.occupancy import SlotTaken, first_free
from marketplace.matching.rules.spans import Span
from marketplace.matching.rules.times import LIMITS, Law, TimesInvalid, check_times, in_force
from tenants.tenancy.countries import country
from tests.matching.test_slots import at_home, booked


@pytest.mark.parametrize("name", LIMITS)
def test_every_parameter_has_a_least_and_a_most(name):
    least, most = LIMITS[name]
    check_times({name: least})
    check_times({name: most})
    check_times({name: None})
    for wrong in (least - 1, most + 1, "15", True, 1.5):
        with pytest.raises(TimesInvalid) as refused:
            check_times({name: wrong})
        assert refused.value.details == {"fields": [name]}


def test_all_that_is_wrong_is_named():
    with pytest.raises(TimesInvalid) as refused:
        check_times({"slot_step": 4, "room": "sofa", "rest_mode": "maybe", "buffer_after": 15})
    assert refused.value.details == {"fields": ["rest_mode", "room", "slot_step"]}


def test_a_workers_word_goes_before_the_tenants_and_theirs_before_ours():
    tenants = {"buffer_after": 15, "max_jobs_day": 4, "min_rest_hours": None}
    own = {"buffer_after": None, "max_jobs_day": 2}
    said = in_force(tenants, own, law=Law())
    assert (said["buffer_after"], said["max_jobs_day"]) == (15, 2)
    assert (said["min_rest_hours"], said["rest_mode"]) == (12, "warn")


def test_a_worker_may_be_stricter_about_rest_and_never_laxer():
    assert (
        in_force({"rest_mode": "warn"}, {"rest_mode": "block"}, law=Law())["rest_mode"] == "block"
    )
    assert (
        in_force({"rest_mode": "block"}, {"rest_mode": "warn"}, law=Law())["rest_mode"] == "block"
    )


def test_the_law_of_chile_goes_before_everybody():
    law = Law(country("CL").rest_hours)
    said = in_force({"rest_mode": "warn", "min_rest_hours": 8}, {"min_rest_hours": 0}, law=law)
    assert (said["rest_mode"], said["min_rest_hours"]) == ("block", 12)
    more = in_force({"min_rest_hours": 14}, law=law)
    assert more["min_rest_hours"] == 14
    assert country("MX").rest_hours == 0


def test_lanes_are_one_for_all_one_for_each_or_beside_all():
    assert choices_of(Room.WHOLE, 5) == [Lanes(0, 1000)]
    assert choices_of(Room.SHARED, 2) == [Lanes(1, 2), Lanes(2, 3)]
    assert choices_of(Room.BACKGROUND, 2) == [Lanes(1001, 1002), Lanes(1002, 1003)]
    assert not any(
        one.meets(other)
        for one in choices_of(Room.BACKGROUND, 100)
        for other in choices_of(Room.WHOLE, 1)
    )


def test_a_guest_gets_the_first_unit_that_is_free():
    three = choices_of(Room.SHARED, 3)
    hour = Span(at_home(9), at_home(10))
    taken = [booked(9, 60, lanes=Lanes(1, 2)), booked(10, 60, lanes=Lanes(2, 3))]
    assert first_free(three, hour, []) == Lanes(1, 2)
    assert first_free(three, hour, taken) == Lanes(2, 3)
    with pytest.raises(SlotTaken):
        first_free(three[:1], hour, taken)
