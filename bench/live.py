"""The house at work beside a measurement: web server, worker with its clock, payment sandbox."""

import json
import os
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.test import override_settings

from config.demo.cast import Ports, house, simulators
from config.demo.services import Service, require_ports, running

PORTS = Ports(web=8750, stripe=8751, outbox=8752)
PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Live:
    """Processes that work on the scratch database, and the ports they listen on."""

    ports: Ports

    def sandbox(self, path: str, **wish: Any) -> Any:
        """Use the control API of the payment sandbox."""
        body = json.dumps(wish).encode()
        request = urllib.request.Request(f"{self.ports.stripe_url}/control{path}", data=body)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def live() -> Iterator[Live]:
    """Start the processes of a demo on the database of this measurement, and stop them after it.

    This process asks the same sandbox; what it publishes is worked on by theirs.
    """
    wiring = {
        "DATABASE_NAME": str(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "PAYMENTS_PROVIDER": "stripe",
        "PUBLIC_SCHEME": "http",
        "PUBLIC_PORT": f":{PORTS.web}",
        "STRIPE_API_BASE": PORTS.stripe_url,
        "DEV_OUTBOX_URL": PORTS.outbox_url,
    }
    before = {name: os.environ.get(name) for name in wiring}
    services = [_for_once(each) for each in [*simulators(PORTS), *house(PORTS)]]
    require_ports(services)
    os.environ.update(wiring)
    settings = {
        "PAYMENTS_PROVIDER": "stripe",
        "PUBLIC_PORT": f":{PORTS.web}",
        "STRIPE_API_BASE": PORTS.stripe_url,
    }
    try:
        with running(services), override_settings(**settings):
            yield Live(PORTS)
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def wait_until(what: Callable[[], bool], *, so_that: str) -> None:
    """Wait for what happens in the background, and end the run when it never does."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not what():
        if time.monotonic() > give_up_at:
            raise SystemExit(f"Waited {PATIENCE_SECONDS} s in vain: {so_that}.")
        time.sleep(0.1)


def _for_once(service: Service) -> Service:
    """Let it forget everything, pay out as slowly as in life, and keep a log of its own."""
    command = list(service.command)
    for option in ("--state", "--payout-seconds"):
        if option in command:
            at = command.index(option)
            del command[at : at + 2]
    command = [part.replace("/beat", "/bench-beat") for part in command]
    return replace(service, name=f"bench-{service.name}", command=command)
