"""The table of the booking process, and everything that is not in it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from marketplace.bookings.rules.process import (
    BOOKING,
    BY_STEP,
    NotYourStep,
    Party,
    Process,
    State,
    Transition,
    WrongState,
    faults,
    reachable,
)
from marketplace.bookings.rules.visibility import Piece, pieces

STEPS = sorted({row.step for row in BOOKING.transitions})
BRANCHES = ("instant", "request", "dispatch", *BY_STEP)
EFFECTS = {name for row in BOOKING.transitions for name in row.effects}
ASKED = [*product([None, *State], STEPS, Party, BRANCHES)]


def rows(origin, step, party, branch):
    return [
        row
        for row in BOOKING.transitions
        if row.open
        and row.step == step
        and origin in row.origins
        and party in row.parties
        and row.when in ("", branch)
    ]


def test_the_process_is_sound():
    assert faults(BOOKING, effects=EFFECTS) == []
    assert reachable(BOOKING) == set(State)


def test_every_step_that_is_not_in_the_table_is_refused():
    refused = [each for each in ASKED if not rows(*each)]
    assert len(refused) > 5_000
    for origin, step, party, branch in refused:
        with pytest.raises((WrongState, NotYourStep)):
            BOOKING.take(step, origin=origin, party=party, branch=branch)


def test_every_step_of_the_table_leads_to_one_state():
    taken = [each for each in ASKED if rows(*each)]
    assert len(taken) > 100
    for origin, step, party, branch in taken:
        (row,) = rows(origin, step, party, branch)
        assert BOOKING.take(step, origin=origin, party=party, branch=branch) == row


def test_nothing_leads_out_of_a_terminal_state():
    assert set(BOOKING.terminal) == {
        State.PAYMENT_EXPIRED,
        State.DECLINED,
        State.EXPIRED,
        State.CANCELLED,
        State.NO_SHOW,
        State.RESOLVED,
    }


def test_a_step_whose_door_is_closed_is_refused():
    shut = Transition(
        step="cancel",
        origins=(State.CONFIRMED,),
        parties=(Party.SYSTEM,),
        to=State.CANCELLED,
        open=False,
    )
    process = Process(code="shut", version=1, transitions=(shut,))
    with pytest.raises(WrongState):
        process.take("cancel", origin=State.CONFIRMED, party=Party.SYSTEM, branch="instant")


def test_what_a_party_may_do_now_follows_from_the_table():
    def steps(party, state):
        return BOOKING.steps_of(party, origin=state, branch="request")

    assert steps(Party.WORKER, State.REQUESTED) == ["accept", "decline"]
    assert steps(Party.CUSTOMER, State.REQUESTED) == ["withdraw"]
    assert {"cancel", "depart", "arrive", "check_in"} <= set(steps(Party.WORKER, State.CONFIRMED))
    assert steps(Party.CUSTOMER, State.DELIVERED) == ["confirm", "dispute"]
    assert steps(Party.STAFF, State.COMPLETED) == ["dispute"]


def test_an_unsound_process_is_named_as_such():
    lost = Transition(
        step="create", origins=(None,), parties=(Party.CUSTOMER,), to=State.REQUESTED,
        effects=("sing",),
    )  # fmt: skip
    process = Process(
        code="x", version=1, transitions=(lost,), timers={State.REQUESTED: ("expire",)}
    )
    found = faults(process, effects=())

    assert "requested has no way out" not in found  # Nothing leads out of it at all: terminal.
    assert "create: unknown effect sing" in found
    assert "requested: timer expire leads nowhere" in found
    assert "confirmed cannot be reached" in found


START = datetime(2026, 11, 23, 16, tzinfo=UTC)
END = START + timedelta(hours=1)


def seen(party, state, hours):
    at = START + timedelta(hours=hours)
    return pieces(party=party, state=state, starts_at=START, ends_at=END, at=at)


@pytest.mark.parametrize("state", State)
def test_the_worker_never_sees_the_pin_or_the_link(state):
    for hours in range(-60, 60):
        assert not seen(Party.WORKER, state, hours) & {Piece.START_PIN, Piece.VISIT_LINK}


@pytest.mark.parametrize(
    ("state", "hours", "sees"),
    [
        (State.PENDING_PAYMENT, -48, False),
        (State.REQUESTED, -48, False),
        (State.CONFIRMED, -48, True),
        (State.IN_PROGRESS, 0, True),
        (State.COMPLETED, 2, True),
        (State.COMPLETED, 26, False),
        (State.CANCELLED, -48, False),
        (State.AWAITING_CHOICE, -48, False),
    ],
)
def test_the_worker_sees_the_address_from_confirmation_until_a_day_after(state, hours, sees):
    assert (Piece.ADDRESS in seen(Party.WORKER, state, hours)) is sees
    assert (Piece.NOTE in seen(Party.WORKER, state, hours)) is sees


def test_codes_show_from_a_day_before_until_two_hours_after():
    shown = [
        h for h in range(-30, 9) if Piece.START_PIN in seen(Party.CUSTOMER, State.CONFIRMED, h)
    ]
    assert shown == list(range(-24, 4))
    assert Piece.START_PIN not in seen(Party.CUSTOMER, State.CANCELLED, 0)
