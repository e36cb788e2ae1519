"""A session counts at the host and the tenant where it was begun, for as long as it may."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from kernel.actor import Role
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.actions.end_sessions import end_session, end_sessions
from tenants.tenancy.actions.join import join
from tenants.tenancy.models import SessionRecord
from tenants.tenancy.rules.sessions import alive
from tests.support.worlds import person, signed_in_client

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def who(client: Client, host: str = "patitas.localhost") -> int:
    return client.get("/api/v1/me", headers={"host": host}).status_code


def test_a_session_is_known_where_it_was_begun(patitas, clara):
    assert who(signed_in_client("clara")) == 200


def test_a_cookie_of_one_tenant_is_worth_nothing_next_door(patitas, lar_limpo, clara):
    with working_for(lar_limpo.pk):
        join(user=person("clara"), role=Role.CUSTOMER)
    client = signed_in_client("clara")

    assert who(client, "lar-limpo.localhost") == 401


def test_a_session_moved_to_another_host_of_its_tenant_is_dropped(patitas, clara):
    client = signed_in_client("clara")
    record = SessionRecord.objects.get()
    stored = Session.objects.get(session_key=record.session_key)
    moved = stored.get_decoded()
    moved["stamp"]["host"] = "elsewhere.localhost"
    stored.session_data = Session.objects.encode(moved)
    stored.save()

    assert who(client) == 401
    assert not Session.objects.filter(session_key=record.session_key).exists()


def test_an_ended_session_is_over(patitas, clara):
    client = signed_in_client("clara")
    end_session(user=person("clara"), record_id=SessionRecord.objects.get().pk)

    assert who(client) == 401
    assert SessionRecord.objects.count() == 0


def test_nobody_ends_the_session_of_somebody_else(patitas, clara, ana):
    client = signed_in_client("clara")

    with pytest.raises(NotFound):
        end_session(user=person("ana"), record_id=SessionRecord.objects.get().pk)
    assert who(client) == 200


def test_all_other_sessions_can_be_ended_at_once(patitas, clara):
    here, there = signed_in_client("clara"), signed_in_client("clara")
    mine = SessionRecord.objects.order_by("started_at")[0]

    assert end_sessions(user=person("clara"), except_for=mine.pk) == 1
    assert (who(here), who(there)) == (200, 401)


@pytest.mark.parametrize(
    ("strong", "age", "idle", "lives"),
    [
        (False, timedelta(days=89), timedelta(days=30), True),
        (False, timedelta(days=89), timedelta(days=30, seconds=1), False),
        (False, timedelta(days=90, seconds=1), timedelta(0), False),
        (True, timedelta(hours=12), timedelta(minutes=30), True),
        (True, timedelta(hours=1), timedelta(minutes=31), False),
        (True, timedelta(hours=12, seconds=1), timedelta(0), False),
    ],
)
def test_a_session_that_opens_the_office_lives_shorter(strong, age, idle, lives):
    assert alive(started_at=NOON - age, seen_at=NOON - idle, at=NOON, strong=strong) is lives
