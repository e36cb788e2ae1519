"""Bookings go on with another version of the process, after a look at what that would do."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kernel.models import Timer
from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.rules.migration import StatesUnmapped, placed
from marketplace.bookings.rules.process import BOOKING, PROCESSES, State

NO_REQUESTS = replace(
    BOOKING,
    version=2,
    transitions=tuple(
        replace(row, origins=tuple(each for each in row.origins if each != State.REQUESTED))
        for row in BOOKING.transitions
        if row.to != State.REQUESTED
    ),
)


def test_a_state_stays_itself_unless_the_map_says_otherwise():
    asked = [State.CONFIRMED, State.REQUESTED]
    goals = placed(
        asked, old=BOOKING, to=NO_REQUESTS, by_map={State.REQUESTED: State.PENDING_PAYMENT}
    )
    assert goals == {
        State.CONFIRMED: State.CONFIRMED,
        State.REQUESTED: State.PENDING_PAYMENT,
    }


@pytest.mark.parametrize(
    ("states", "by_map", "wrong"),
    [
        ([State.REQUESTED, State.CONFIRMED], {}, [State.REQUESTED]),
        ([State.CANCELLED], {State.CANCELLED: State.CONFIRMED}, [State.CANCELLED]),
        ([State.CONFIRMED], {State.CONFIRMED: State.REQUESTED}, [State.CONFIRMED]),
    ],
)
def test_a_state_without_a_place_is_named(states, by_map, wrong):
    with pytest.raises(StatesUnmapped) as refused:
        placed(states, old=BOOKING, to=NO_REQUESTS, by_map=by_map)
    assert refused.value.details["states"] == wrong


@pytest.fixture
def second_version(monkeypatch):
    monkeypatch.setitem(PROCESSES, ("booking", 2), NO_REQUESTS)


def migrated(*more: str) -> str:
    out = StringIO()
    asked = ["--tenant", "patitas", "--from", "1", "--to", "2", *more]
    call_command("migrate_bookings", *asked, stdout=out)
    return out.getvalue()


def test_a_dry_run_counts_and_stores_nothing_and_then_it_is_done(clara_asked_ana, second_version):
    before = str(Booking.objects.values().get())
    renamed = ("--map", "requested=confirmed")
    assert migrated(*renamed).splitlines() == [
        "requested → confirmed: 1",
        "1 bookings would be migrated (--apply does it)",
    ]
    assert str(Booking.objects.values().get()) == before

    assert "1 bookings migrated" in migrated(*renamed, "--apply")
    booking = Booking.objects.get()
    assert (booking.state, booking.process_version, booking.entry) == ("confirmed", 2, 3)
    last = StepTaken.objects.order_by("-version").first()
    assert (last.step, last.origin, last.facts) == ("migrate", "requested", {"process_version": 2})
    pending = Timer.objects.filter(subject_id=booking.pk, state="pending")
    assert "bookings.assume_delivered" in pending.values_list("name", flat=True)
    assert "bookings.expire" not in pending.values_list("name", flat=True)


@pytest.mark.parametrize("asked", [(), ("--map", "requested=nowhere"), ("--map", "requested")])
def test_what_cannot_be_placed_is_not_touched(clara_asked_ana, second_version, asked):
    with pytest.raises(CommandError):
        migrated(*asked, "--apply")
    assert Booking.objects.get().process_version == 1
