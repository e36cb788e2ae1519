"""What is due happens once, in time or late, and one that fails holds nobody up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kernel import clock, timers
from kernel.edge import working_for
from kernel.errors import Conflict
from kernel.ids import uuid7
from kernel.models import Timer
from tenants.support.models import Case

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def done(patitas, due) -> list[UUID]:
    """What was acted on, by the timer `tests.ring`."""
    rung: list[UUID] = []
    due("tests.ring", rung.append)
    return rung


def ring(at: datetime = NOON, *, subject: UUID | None = None, entry: str = "") -> UUID:
    """Set the timer `tests.ring`, on a subject of its own unless told; return the subject."""
    about = subject or uuid7()
    timers.set_timer("tests.ring", subject_id=about, at=at, entry=entry)
    return about


def row() -> Timer:
    return Timer.objects.get(name="tests.ring")


def claim_and_run(at: datetime) -> None:
    with clock.travelling_to(at):
        for tenant_id, timer_id in timers.claim_due(at):
            with working_for(tenant_id):
                timers.run(timer_id)


def test_nothing_happens_before_its_time_and_once_after(done):
    subject = ring()
    claim_and_run(NOON - timedelta(seconds=1))
    assert done == []
    claim_and_run(NOON)
    claim_and_run(NOON + MINUTE)
    assert done == [subject]


def test_setting_it_again_moves_it_and_keeps_it_one(done):
    subject = ring()
    ring(NOON + MINUTE, subject=subject)
    claim_and_run(NOON)
    assert (done, Timer.objects.filter(name="tests.ring").count()) == ([], 1)
    claim_and_run(NOON + MINUTE)
    assert done == [subject]


def test_what_is_done_stays_done_and_a_new_entry_is_a_new_timer(done):
    subject = ring()
    claim_and_run(NOON)
    ring(subject=subject)
    claim_and_run(NOON)
    assert done == [subject]
    ring(subject=subject, entry="2")
    claim_and_run(NOON)
    assert done == [subject, subject]


def test_what_was_cancelled_does_not_happen(done):
    subject, other = ring(), ring()
    assert timers.cancel_timers(subject, "tests.other") == 0
    assert timers.cancel_timers(subject) == 1
    claim_and_run(NOON)
    assert done == [other]


def test_it_fails_twice_and_then_works(patitas, due):
    tries: list[UUID] = []

    def third_time_lucky(subject: UUID) -> None:
        tries.append(subject)
        if len(tries) < 3:
            raise Conflict

    due("tests.ring", third_time_lucky)
    ring()
    claim_and_run(NOON)
    assert (row().attempts, row().retry_at) == (1, NOON + MINUTE)
    claim_and_run(NOON + MINUTE - timedelta(seconds=1))
    assert len(tries) == 1
    claim_and_run(NOON + MINUTE)
    assert row().retry_at == NOON + 6 * MINUTE
    claim_and_run(NOON + 6 * MINUTE)

    assert (len(tries), row().state) == (3, "done")


def test_after_six_failures_it_is_dead(patitas, due):
    def never(subject: UUID) -> None:
        raise OSError

    due("tests.ring", never)
    ring()
    for hours in range(7):
        claim_and_run(NOON + hours * timedelta(hours=5))
    assert (row().state, row().attempts) == ("dead", 6)


def test_a_person_of_the_office_gets_what_is_dead(patitas, olga, due):
    def never(subject: UUID) -> None:
        raise OSError

    due("tests.ring", never)
    subject = ring()
    for hours in range(7):
        claim_and_run(NOON + hours * timedelta(hours=5))
    case = Case.objects.get()
    assert (case.kind, case.priority, case.about_id) == ("timer_dead", "P2", subject)
    assert case.title == "No se pudo hacer algo que tocaba: tests.ring (OSError)."


def test_looking_at_the_subject_does_not_use_up_its_tries(patitas, due):
    tries: list[UUID] = []

    def never(subject: UUID) -> None:
        tries.append(subject)
        raise Conflict

    due("tests.ring", never)
    subject = ring()
    with clock.travelling_to(NOON):
        timers.run_due_of(subject)
        timers.run_due_of(subject)
    assert (len(tries), row().attempts) == (1, 1)
    with clock.travelling_to(NOON + MINUTE):
        timers.run_due_of(subject)
    assert (len(tries), row().retry_at) == (2, NOON + 6 * MINUTE)


def test_one_that_fails_does_not_hold_up_its_siblings(patitas, due):
    rung: list[UUID] = []

    def refuses_the_first(subject: UUID) -> None:
        if subject == bad:
            raise Conflict
        rung.append(subject)

    due("tests.ring", refuses_the_first)
    bad, good = ring(NOON - MINUTE), ring()
    claim_and_run(NOON)
    assert rung == [good]


def test_a_failure_leaves_nothing_of_what_it_did(patitas, due):
    def sets_and_fails(subject: UUID) -> None:
        timers.set_timer("tests.other", subject_id=subject, at=NOON)
        raise Conflict

    due("tests.ring", sets_and_fails)
    ring()
    claim_and_run(NOON)
    assert not Timer.objects.filter(name="tests.other").exists()


def test_a_mistake_of_ours_is_not_swallowed(patitas, due):
    def mistaken(subject: UUID) -> None:
        raise KeyError("ours")

    due("tests.ring", mistaken)
    ring()
    with pytest.raises(KeyError, match="ours"):
        claim_and_run(NOON)
    assert (row().state, row().retry_at) == ("pending", NOON + MINUTE)


def test_what_is_due_of_a_subject_happens_before_anybody_looks_at_it(done):
    subject, other = ring(), ring()
    later = ring(NOON + MINUTE, subject=subject, entry="later")
    with clock.travelling_to(NOON):
        timers.run_due_of(subject)
    assert (done, later) == ([subject], subject)
    assert Timer.objects.get(subject_id=other).state == "pending"
