"""Saying whom we work for: by host, API key, task, event or command, and nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from kernel.context import TENANT


@contextmanager
def working_for(tenant_id: int | None) -> Iterator[None]:
    """Work for one tenant, or for none, until the end of the block.

    The connection repeats it to PostgreSQL in every transaction (`kernel.postgres`), and row-level
    security then hides what belongs to anybody else.
    """
    token = TENANT.set(tenant_id)
    try:
        yield
    finally:
        TENANT.reset(token)
