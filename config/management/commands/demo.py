"""Runs two marketplaces with a living story, and everything they need, on this machine."""

import os
import shutil
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from io import TextIOBase
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo.cast import Ports, house, simulators
from config.demo.guide import guide
from config.demo.services import STATE, DemoError, require_ports, running, watch
from config.demo.stopping import interrupt
from config.demo.story import introduce, is_half_told, is_told, tell
from config.demo.wipe import wipe


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="Forget everything; start over.")
        parser.add_argument("--days", type=days, default=60, help="How many days of past to tell.")
        parser.add_argument("--web-port", type=int, default=Ports.web)
        parser.add_argument("--stripe-port", type=int, default=Ports.stripe)
        parser.add_argument("--outbox-port", type=int, default=Ports.outbox)
        parser.add_argument("--tell-only", action="store_true", help="Tell the story, and stop.")

    def handle(self, **options: Any) -> None:
        ports = Ports(
            web=options["web_port"], stripe=options["stripe_port"], outbox=options["outbox_port"]
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, interrupt)
        try:
            self._run(ports, options)
        except DemoError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def _run(self, ports: Ports, options: dict[str, Any]) -> None:
        outside, inside = simulators(ports), house(ports)
        require_ports([*outside, *inside])
        _wire(ports)
        if options["fresh"]:
            _forget()
        self._prepare("Preparing the database (a minute or two the first time)")
        if is_half_told():
            self.stdout.write("The story was broken off; it begins anew.")
            _forget()
            self._prepare("Preparing the database again")
        with running(outside):
            if not is_told():
                tell(stripe_url=ports.stripe_url, days=options["days"], out=sys.stderr)
            introduce(ports.outbox_url)
            if options["tell_only"]:
                return
            with running(inside):
                self.stdout.write(guide(ports))
                self.stdout.write("\nCtrl-C stops everything.")
                self.stdout.flush()
                watch([*outside, *inside])

    def _prepare(self, words: str) -> None:
        """Make or bring up to date all tables, with a sign of life for each change."""
        self.stdout.write(words, ending=" ")
        call_command("migrate", verbosity=1, stdout=Dots(self.stdout))
        self.stdout.write("")


class Dots(TextIOBase):
    """Makes a dot of each change that `migrate` reports; the rest is for programmers."""

    def __init__(self, out: Any) -> None:
        self.out, self.seen = out, 0

    def write(self, text: str) -> int:
        """Count what is done, and show every fourth."""
        for _ in range(text.count(" OK")):
            self.seen += 1
            if self.seen % 4 == 0:
                self.out.write("·", ending="")
                self.out.flush()
        return len(text)


def days(text: str) -> int:
    """Read how long the story is to be: at least two days."""
    number = int(text)
    if number < 2:
        raise ArgumentTypeError("a story takes at least 2 days")
    return number


def _forget() -> None:
    """Drop everything an earlier demo left."""
    shutil.rmtree(STATE, ignore_errors=True)
    wipe()


def _wire(ports: Ports) -> None:
    """Let this process and the ones it starts know where everything listens."""
    wiring = {
        "PUBLIC_PORT": f":{ports.web}",
        "STRIPE_API_BASE": ports.stripe_url,
        "DEV_OUTBOX_URL": ports.outbox_url,
    }
    os.environ.update(wiring)
    for name, value in wiring.items():
        setattr(settings, name, value)
