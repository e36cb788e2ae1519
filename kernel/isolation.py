"""The wall between tenants, built by PostgreSQL on every table and proved by tests.

Two roles. The owner makes and changes tables, and only `migrate` connects as the owner. Everything
else connects as the application's role, which owns nothing and cannot bypass row-level security.

`migrate` ends by walling every table that is not in SHARED, other people's tables included:

- a column `tenant_id`, filled in by the database and never by a caller;
- row-level security, forced, with one policy: this tenant's rows, to read and to write;
- unique constraints that carry the tenant, so that a clash cannot tell who else is here;
- foreign keys between our own tables that carry the tenant, so that none can point across;
- the rights its model asks for (`rights`), by default to read and to write.

So a forgotten table is walled all the same, and one that was never walled cannot be read at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, Func
from django.utils.deconstruct import deconstructible

ALL_RIGHTS = "select, insert, update, delete"

# Tables that belong to no tenant: why, and what the application may do with them.
SHARED = {
    "django_migrations": ("what has been migrated", "select"),
    "django_content_type": ("the names of our models", "select"),
    "auth_permission": ("the names of our permissions", "select"),
    "tenancy_tenant": ("a host leads to a tenant before there is one", "select, insert, update"),
    "tenancy_domain": ("a host leads to a tenant before there is one", "select, insert, update"),
    "tenancy_user": ("one person, one account, many tenants", "select, insert, update"),
}

# Columns that mean the same to every tenant: secrets, ids, addresses of the world outside.
GLOBAL_KEYS = {"hostname", "token", "session_key", "object_id", "serial", "handle", "key_hash"}

# What the database was told. Empty after a transaction that was told something: hence nullif.
TENANT_SQL = "nullif(current_setting('app.tenant_id', true), '')::bigint"


@deconstructible(path="kernel.isolation.CurrentTenant")
class CurrentTenant(Func):
    """The tenant of this transaction as the database knows it: the default of tenant columns."""

    template = TENANT_SQL
    output_field = BigIntegerField()


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner until the end of the block: to migrate, and to empty test tables."""
    usual = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(settings.DATABASE_OWNER)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)
