"""Forget everything: for a demo that starts over."""

from django.conf import settings
from django.db import connection

from config.demo.services import DemoError
from config.settings.login_roles import forget


def wipe() -> None:
    """Drop all our schemas; the next `migrate` makes them again. Only on a scratch server."""
    if settings.DATABASE_ADMIN_URL is None or not settings.OFICIO_SIMULATORS:
        raise DemoError("--fresh works only where the database is the demo's own.")
    connection.close()
    forget(settings.DATABASE_ADMIN_URL)
