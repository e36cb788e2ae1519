"""Work that customers describe, and the offers that workers make for it."""

from django.apps import AppConfig

from marketplace.jobs.rules.states import PROCESSES, faults


class JobsConfig(AppConfig):
    """Work that customers describe, and the offers that workers make for it."""

    name = "marketplace.jobs"

    def ready(self) -> None:
        """Refuse to start with a table that has unreachable states or dead ends."""
        for process in PROCESSES.values():
            if found := faults(process):
                raise RuntimeError(f"process {process.code} v{process.version}: {found}")
