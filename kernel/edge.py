"""Saying whom we work for: by host, API key, task, event or command, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from kernel.context import COUNTRY, TENANT


@contextmanager
def working_for(tenant_id: int | None, *, country: str = "") -> Iterator[None]:
    """Work for one tenant, or for none, until the end of the block.

    The connection repeats it to PostgreSQL in every transaction (`kernel.postgres`), and row-level
    security then hides what belongs to anybody else. Pages are written as in `country`.
    """
    token, place = TENANT.set(tenant_id), COUNTRY.set(country)
    try:
        yield
    finally:
        COUNTRY.reset(place)
        TENANT.reset(token)
