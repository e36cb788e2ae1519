"""Whatever the table does not allow is refused at the door, in every state, and leaves no trace."""

import json
from itertools import cycle

import pytest
from django.test import Client

from kernel.models import OutboxEvent, Timer
from marketplace.bookings.models import Booking, StepTaken
from marketplace.bookings.rules.process import BOOKING, Party, State
from tests.support.worlds import signed_in_client

PEOPLE = {Party.CUSTOMER: "clara", Party.WORKER: "ana", Party.STAFF: "olga"}
STEPS = sorted({row.step for row in BOOKING.transitions})


def asked() -> list[tuple[State, Party, str]]:
    """For every state and person, the next step in turn that is not theirs to take there."""
    found, turn = [], cycle(STEPS)
    for state in State:
        for party in PEOPLE:
            allowed = BOOKING.steps_of(party, origin=state, branch="instant")
            found.append((state, party, next(step for step in turn if step not in allowed)))
    return found


def stored() -> list[int | str]:
    rows = (StepTaken.objects.count(), Timer.objects.count(), OutboxEvent.objects.count())
    return [*rows, str(Booking.objects.values().get())]


@pytest.fixture
def clients(clara_booked_ana, olga, ana, clara) -> dict[Party, Client]:
    return {
        party: signed_in_client(name, strong=party == Party.STAFF) for party, name in PEOPLE.items()
    }


def test_every_state_refuses_what_is_not_in_its_rows(clients, clara_booked_ana):
    hidden = (State.PENDING_PAYMENT, State.PAYMENT_EXPIRED)  # The worker does not know of these.
    for state, party, step in asked():
        Timer.objects.all().delete()
        Booking.objects.update(state=state)
        before = stored()
        body = {"reason": "Porque sí, de verdad.", "rate_bp": 0}
        answer = clients[party].post(
            f"/api/v1/bookings/{clara_booked_ana.pk}/transitions/{step}",
            json.dumps(body),
            content_type="application/json",
        )
        expected = [404] if party == Party.WORKER and state in hidden else [403, 409]
        assert answer.status_code in expected, (state, party, step, answer.content)
        assert stored() == before, (state, party, step)
