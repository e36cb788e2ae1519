"""Whom we serve."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate

from kernel.context import HOUSE

HOSTS = (("auth", "auth."), ("badge", "id."), ("platform", ""))


def open_house(**_: Any) -> None:
    """Make the house where it is missing: after the first migration, and after a test's flush."""
    if "tenancy_domain" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into tenancy_tenant (id, slug, name, niche, country, currency, timezone,"
            " locale, city, brand_color, state) values (%s, 'house', 'Oficio', 'general', 'MX',"
            " 'MXN', 'America/Mexico_City', 'es', '', '#0f766e', 'open') on conflict do nothing",
            [HOUSE],
        )
        for serves, prefix in HOSTS:
            cursor.execute(
                'insert into tenancy_domain (hostname, tenant_id, serves, "primary", active)'
                " values (%s, %s, %s, true, true) on conflict do nothing",
                [prefix + settings.PLATFORM_DOMAIN, HOUSE, serves],
            )


class TenancyConfig(AppConfig):
    """Whom we serve."""

    name = "tenants.tenancy"

    def ready(self) -> None:
        post_migrate.connect(open_house, sender=self)
