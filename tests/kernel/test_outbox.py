"""Facts are told once to each handler, again after a failure, and numbered without gaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from kernel import clock, outbox
from kernel.actor import SYSTEM, Actor, Role
from kernel.edge import working_for
from kernel.events import EVENTS, Event, event, publish, read
from kernel.isolation import as_owner
from kernel.models import HandledEvent, OutboxEvent
from tests.kernel.conftest import Happened


def tell(what: str = "x") -> None:
    publish(Happened(what=what), by=SYSTEM)


def told() -> list[str]:
    """Return what was published in a test, oldest first."""
    rows = OutboxEvent.objects.filter(name=Happened.name).order_by("id")
    return [row.payload["what"] for row in rows]


def later(seconds: int) -> None:
    """Let real seconds pass for every lease."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "update kernel_outboxevent set retry_at = retry_at - %s * interval '1 second'",
            [seconds],
        )


def test_every_handler_hears_of_a_fact_once(patitas, listen):
    heard: list[str] = []

    def one(fact: Happened) -> None:
        heard.append(f"one {fact.what}")

    def two(fact: Happened) -> None:
        heard.append(f"two {fact.what}")

    listen(one)
    listen(two)
    tell()
    outbox.drain()
    outbox.deliver(OutboxEvent.objects.get(name=Happened.name).pk)

    assert heard == ["one x", "two x"]


def test_what_was_rolled_back_was_never_told(patitas):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_fails_hears_again_when_its_lease_is_over_and_the_others_do_not(
    patitas, listen
):
    heard: list[str] = []

    def steady(fact: Happened) -> None:
        heard.append("steady")

    def shaky(fact: Happened) -> None:
        heard.append("shaky")
        if heard.count("shaky") == 1:
            raise OSError("not today")

    listen(steady)
    listen(shaky)
    outbox.drain()
    tell()
    with pytest.raises(OSError, match="not today"):
        outbox.drain()
    outbox.drain()
    assert heard == ["steady", "shaky"]  # Leased for half a minute.
    later(30)
    outbox.drain()

    assert heard == ["steady", "shaky", "shaky"]
    row = OutboxEvent.objects.get(name=Happened.name)
    assert (row.attempts, row.delivered_at is not None) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_a_relay_whose_handler_fails_holds_up_one_event_only(patitas, listen):
    heard: list[str] = []

    def picky(fact: Happened) -> None:
        if fact.what == "bad":
            raise OSError("not this one")
        heard.append(fact.what)

    listen(picky)
    outbox.drain()
    for what in ("one", "bad", "two"):
        tell(what)
    in_a_minute = clock.system_now() + timedelta(minutes=1)
    with pytest.raises(OSError, match="not this one"):
        outbox.relay(until=in_a_minute)

    assert outbox.relay(until=in_a_minute) == 1
    assert heard == ["one", "two"]
    waits = OutboxEvent.objects.filter(delivered_at=None, name=Happened.name)
    assert [row.payload["what"] for row in waits] == ["bad"]


def test_a_relay_whose_turn_is_over_leaves_the_rest_unclaimed(patitas):
    outbox.drain()
    tell()
    assert outbox.relay(until=clock.system_now()) == 0
    assert OutboxEvent.objects.get(name=Happened.name).attempts == 0


@pytest.mark.django_db(transaction=True)
def test_what_a_failed_handler_wrote_is_gone(patitas, listen):
    def writes_and_fails(fact: Happened) -> None:
        tell("from inside")
        raise OSError("no")

    name = listen(writes_and_fails)
    outbox.drain()
    tell("outside")
    with pytest.raises(OSError, match="no"):
        outbox.drain()

    assert told() == ["outside"]
    assert not HandledEvent.objects.filter(handler=name).exists()


@pytest.mark.django_db(transaction=True)
def test_leases_double_and_after_ten_attempts_it_is_over(patitas):
    tell()
    outbox.drain()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "update kernel_outboxevent set delivered_at = null, attempts = 0, retry_at = now()"
            " where name = %s",
            [Happened.name],
        )
    waits = []
    for _ in range(10):
        assert len(outbox.claim()) == 1
        row = OutboxEvent.objects.get(name=Happened.name)
        waits.append(round((row.retry_at - clock.system_now()) / timedelta(seconds=30)))
        later(30 * 2**10)

    assert waits == [2**attempt for attempt in range(10)]
    assert outbox.claim() == []


@pytest.mark.django_db(transaction=True)
def test_relays_never_share_an_event(patitas):
    for number in range(250):
        tell(str(number))

    def relay(_: int) -> list[tuple[int, int]]:
        try:
            return outbox.claim()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        claimed = [each for batch in pool.map(relay, range(8)) for each in batch]
    ours = {row.pk for row in OutboxEvent.objects.filter(name=Happened.name)}
    mine = [event_id for _, event_id in claimed if event_id in ours]

    assert len(mine) == len(set(mine)) == 250


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_whoever_writes_and_whoever_gives_up(patitas):
    first = max(OutboxEvent.objects.values_list("seq", flat=True))

    def write(number: int) -> None:
        with working_for(patitas.pk), transaction.atomic():
            tell(str(number))
            if number % 3 == 0:
                transaction.set_rollback(True)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(60)))
    rows = OutboxEvent.objects.filter(name=Happened.name)
    assert sorted(rows.values_list("seq", flat=True)) == list(range(first + 1, first + 41))


@pytest.mark.django_db(transaction=True)
def test_each_tenant_counts_by_itself(patitas, lar_limpo):
    tell()
    with working_for(lar_limpo.pk):
        tell()
        theirs = OutboxEvent.objects.get(name=Happened.name).seq
    assert theirs == 1 + OutboxEvent.objects.filter(seq__lt=theirs).count()


def test_a_fact_remembers_who_caused_it_and_when(patitas, olga):
    by = Actor(role=Role.OWNER, member_id=olga.member_id)
    publish(Happened(what="x"), by=by)
    row = OutboxEvent.objects.get(name=Happened.name)
    assert (row.actor_role, row.actor_id) == ("owner", olga.member_id)
    assert abs(row.happened_at - clock.now()) < timedelta(minutes=1)


def test_a_fact_of_yesterday_can_be_read_after_a_field_is_gone(patitas):
    row = OutboxEvent(name=Happened.name, payload={"what": "x", "once_had": 1})
    assert read(row) == Happened(what="x")


def test_two_facts_cannot_share_a_name():
    with pytest.raises(ValueError, match=r"two events are called tests\.happened"):

        @event("tests.happened")
        class Again(Event):
            """The same name, again."""

    assert EVENTS["tests.happened"] is Happened


def test_a_handler_may_cause_more_and_all_of_it_is_heard(patitas, listen):
    def echo(fact: Happened) -> None:
        if len(fact.what) < 3:
            tell(fact.what + "x")

    listen(echo)
    tell("x")
    outbox.drain()
    assert told() == ["x", "xx", "xxx"]
