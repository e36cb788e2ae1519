"""Two tenants, and nothing between them."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from kernel.context import NoTenant
from kernel.edge import working_for
from tenants.tenancy.models import Domain, Membership, Tenant, TenantSetting, User


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
