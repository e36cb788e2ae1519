"""Two tenants, and nothing between them."""

from collections.abc import Iterator

import pytest
from celery import shared_task
from django.core.cache import cache
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory

from kernel import clock
from kernel.context import NoTenant, tenant_or_none
from kernel.edge import working_for
from tenants.messaging.models import Notification
from tenants.tenancy.middleware import TenantMiddleware
from tenants.tenancy.models import Domain, Membership, Tenant, TenantSetting, User
from tests.support.worlds import signed_in_client


def rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_raw_sql_sees_this_tenant_only(patitas, lar_limpo):
    assert rows("select role from tenancy_membership") == [("owner",)]
    with working_for(None):
        assert rows("select role from tenancy_membership") == []


def test_without_a_tenant_nothing_can_be_asked_or_written(patitas):
    with working_for(None):
        with pytest.raises(NoTenant):
            Membership.objects.all()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            TenantSetting(group="x", values={}).save()


def test_a_row_cannot_be_given_away(patitas, lar_limpo):
    TenantSetting.objects.create(group="x", values={})

    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        TenantSetting.objects.update(tenant=lar_limpo)


def test_only_the_house_opens_tenants_and_hosts(patitas):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Tenant.objects.create(slug="x", name="x")
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Domain.objects.create(hostname="x.localhost", tenant=patitas)


def test_a_tenant_sees_the_accounts_of_its_members_only(patitas, ana, carla):
    assert sorted(User.objects.values_list("first_name", flat=True)) == ["Ana", "Olga"]


def test_an_unknown_host_is_misdirected(patitas):
    assert Client(headers={"host": "nobody.localhost"}).get("/").status_code == 421


SEEN: list[object] = []


@shared_task
def note_where() -> None:
    """Tell which tenant this runs for, by context and by the database."""
    SEEN.append((tenant_or_none(), rows("select role from tenancy_membership")))


def test_a_task_carries_its_tenant_and_nothing_of_the_worker(patitas, lar_limpo):
    SEEN.clear()
    with working_for(lar_limpo.pk):
        headers = {"tenant": tenant_or_none()}
    with working_for(None):
        note_where.apply_async(headers=headers)

    (seen,) = SEEN
    assert seen == (lar_limpo.pk, [("owner",)])


def test_a_task_without_a_tenant_is_not_even_sent(patitas):
    with working_for(None), pytest.raises(NoTenant):
        note_where.delay()


def test_two_tenants_have_two_caches(patitas, lar_limpo):
    cache.set("price", "ours")
    with working_for(lar_limpo.pk):
        assert cache.get("price") is None
        cache.set("price", "theirs")
    assert cache.get("price") == "ours"


def test_a_stream_is_made_inside_its_tenant_to_the_last_chunk(patitas, lar_limpo):
    def chunks() -> Iterator[bytes]:
        for _ in range(2):
            yield str(tenant_or_none()).encode()

    request = RequestFactory().get("/", headers={"host": "lar-limpo.localhost"})
    answer = TenantMiddleware(lambda _: StreamingHttpResponse(chunks()))(request)

    assert tenant_or_none() == patitas.pk
    assert list(answer.streaming_content) == [str(lar_limpo.pk).encode()] * 2


def test_a_rollback_to_a_savepoint_does_not_forget_the_tenant(patitas, lar_limpo):
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows("select no_such_column from tenancy_membership")
    assert rows("select count(*) from tenancy_membership") == [(1,)]

    with working_for(lar_limpo.pk):
        point = transaction.savepoint()
        assert rows("select count(*) from tenancy_membership") == [(1,)]
        transaction.savepoint_rollback(point)
    assert rows("select t.slug from tenancy_membership m join tenancy_tenant t on t.id = tenant_id")
    assert rows("select current_setting('app.tenant_id')") == [(str(patitas.pk),)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_forgets_its_tenant_with_the_transaction(patitas):
    with transaction.atomic():
        assert rows("select current_setting('app.tenant_id')") == [(str(patitas.pk),)]
    told = connection.connection.execute("select current_setting('app.tenant_id', true)")
    assert told.fetchone()[0] in (None, "")


@pytest.mark.django_db(transaction=True)
def test_a_statement_outside_a_transaction_is_walled_too(patitas, lar_limpo):
    assert not connection.in_atomic_block
    assert rows("select tenant_id from tenancy_membership") == [(patitas.pk,)]


def test_a_session_is_worth_nothing_next_door(patitas, lar_limpo, olga):
    at_home = signed_in_client("olga", strong=True)
    next_door = Client(headers={"host": "lar-limpo.localhost"})
    next_door.cookies = at_home.cookies

    assert at_home.get("/messages/").status_code == 200
    assert next_door.get("/messages/").status_code == 302


def test_a_foreign_key_cannot_point_next_door(patitas, lar_limpo, carla):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(
            to_id=carla.member_id, notice="x", purpose="money", about="x", expires_at=clock.now()
        )
