"""The processes of a demo: started together, watched together, stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from config.demo.stopping import stop_if_asked
from config.settings.environment import ROOT

PATIENCE_SECONDS = 40
STATE = ROOT / ".demo"


class DemoError(Exception):
    """The demo cannot go on, for a reason one line can say."""


@dataclass
class Service:
    """A process: what it is called, how it is started, and where it answers when it is ready."""

    name: str
    command: Sequence[str]
    port: int | None = None
    health: str = "/"
    host: str = "127.0.0.1"
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return STATE / f"{self.name}.log"

    def start(self) -> None:
        """Start it; its output goes to its log."""
        STATE.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Tell whether it is ready: its port answers HTTP, whatever the status."""
        if self.port is None:
            return True
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{self.health}")
        request.add_header("Host", f"{self.host}:{self.port}")
        try:
            with urllib.request.urlopen(request, timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except (urllib.error.URLError, OSError):
            return False

    def alive(self) -> bool:
        """Tell whether its process still runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, wait, and insist."""
        if self.process is None or not self.alive():
            return
        for number, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=seconds)
                return


def port_is_free(port: int) -> bool:
    """Tell whether nobody listens on a loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def require_ports(services: Sequence[Service]) -> None:
    """Refuse to start, naming the port that is in use, or wanted twice."""
    ports = [service.port for service in services if service.port is not None]
    if twice := {port for port in ports if ports.count(port) > 1}:
        raise DemoError(f"Port {min(twice)} is given to two services. Choose different ones.")
    for service in services:
        if service.port is not None and not port_is_free(service.port):
            raise DemoError(
                f"Port {service.port} ({service.name}) is in use. Stop what uses it, "
                f"or choose another with --{service.name}-port."
            )


@contextmanager
def running(services: Sequence[Service]) -> Iterator[None]:
    """Run services until the end of the block; whatever happens, stop what was started."""
    try:
        for service in services:
            service.start()
        for service in services:
            wait_until_ready(service)
        yield
    finally:
        for service in reversed(services):
            service.stop()


def wait_until_ready(service: Service) -> None:
    """Wait for a service to answer; say why if it ends or never does."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not service.answers():
        stop_if_asked()
        if not service.alive():
            raise DemoError(f"{service.name} ended at once; see {service.log}:\n{_tail(service)}")
        if time.monotonic() > give_up_at:
            raise DemoError(f"{service.name} does not answer; see {service.log}.")
        time.sleep(0.1)


def watch(services: Sequence[Service]) -> None:
    """Wait until somebody presses Ctrl-C or a service ends by itself."""
    while True:
        time.sleep(1)
        stop_if_asked()
        for service in services:
            if not service.alive():
                raise DemoError(f"{service.name} ended; see {service.log}:\n{_tail(service)}")


def _tail(service: Service) -> str:
    lines = service.log.read_text(errors="replace").splitlines()
    return "\n".join(lines[-5:])


def python(*arguments: str) -> list[str]:
    """Return a command line in our own interpreter."""
    return [sys.executable, *arguments]
