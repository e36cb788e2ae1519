"""A database to measure in: made anew, like the tests' one, and dropped afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test.utils import setup_databases, teardown_databases

from kernel.isolation import as_owner


@contextmanager
def scratch_database() -> Iterator[None]:
    """Make an empty, migrated database, work in it as the application, and drop it."""
    with as_owner():
        made = setup_databases(0, interactive=False, serialized_aliases=[])
    try:
        yield
    finally:
        with as_owner():
            teardown_databases(made, verbosity=0)
