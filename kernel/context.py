"""Which tenant this code works for. Anyone may ask; only the edges say (`kernel.edge`)."""

from contextvars import ContextVar

HOUSE = 1  # The tenant that is the house itself: people sign in there, and tenants are opened.

TENANT: ContextVar[int | None] = ContextVar("tenant", default=None)
COUNTRY: ContextVar[str] = ContextVar("country", default="")


class NoTenant(RuntimeError):
    """Work that needs a tenant was started without one. Always a mistake of ours."""


def tenant_or_none() -> int | None:
    """Return the tenant we work for, if any."""
    return TENANT.get()


def current_tenant() -> int:
    """Return the tenant we work for, or raise `NoTenant`."""
    tenant_id = TENANT.get()
    if tenant_id is None:
        raise NoTenant
    return tenant_id


def country_here() -> str:
    """Return the country whose way of writing figures counts here, or "" where none does."""
    return COUNTRY.get()


def cache_key(key: str, prefix: str, version: int) -> str:
    """Give every tenant a cache of its own, whatever keys other people's code uses."""
    return f"{prefix}:{version}:{TENANT.get()}:{key}"
