"""Who does what for whom."""

import importlib

from django.apps import AppConfig

from marketplace.bookings.rules.process import PROCESSES, faults


class BookingsConfig(AppConfig):
    """Who does what for whom."""

    name = "marketplace.bookings"

    def ready(self) -> None:
        """Refuse to start with a process that has unreachable states, dead ends or no effects."""
        book = importlib.import_module("marketplace.bookings.actions.book")
        for process in PROCESSES.values():
            if found := faults(process, effects=book.EFFECTS):
                raise RuntimeError(f"process {process.code} v{process.version}: {found}")
