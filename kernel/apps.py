"""Load what each floor declares, when Django is ready."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

DECLARING = (
    "events",
    "tenant_settings",
    "notices",
    "providers",
    "channels",
    "factors",
    "detectors",
    "kinds",
    "countries",
    "handlers",
    "panels",
    "personal_data",
    "exchange",
)


class KernelConfig(AppConfig):
    """Finds each floor's events, handlers, timers, settings, notices, panels and plug-ins."""

    name = "kernel"

    def ready(self) -> None:
        autodiscover_modules(*DECLARING)
