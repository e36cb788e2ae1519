"""Which processes make up a demo."""

from dataclasses import dataclass

from config.demo.services import STATE, Service, python
from payments.providers.stripe.events import ACCOUNT_EVENTS, PLATFORM_EVENTS


@dataclass(frozen=True)
class Ports:
    """Where the demo listens, all on loopback."""

    web: int = 8000
    stripe: int = 8098
    outbox: int = 8097

    @property
    def stripe_url(self) -> str:
        """Where the payment company's sandbox answers."""
        return f"http://127.0.0.1:{self.stripe}"

    @property
    def outbox_url(self) -> str:
        """Where everything that would have been sent is kept."""
        return f"http://127.0.0.1:{self.outbox}"


def simulators(ports: Ports) -> list[Service]:
    """Return the world outside: the payment company, and everybody's inbox."""
    hooks = f"http://localhost:{ports.web}/webhooks/stripe/main"
    stripe = python(
        *("-m", "simulators.stripe", "--port", str(ports.stripe)),
        *("--state", str(STATE / "stripe.json")),
        *("--webhook-url", f"{hooks}/platform", "--webhook-secret", "whsec_sandbox_platform"),
        *("--connect-webhook-url", f"{hooks}/connect"),
        *("--connect-webhook-secret", "whsec_sandbox_connect", "--no-automatic-payouts"),
        *("--events", ",".join(PLATFORM_EVENTS), "--connect-events", ",".join(ACCOUNT_EVENTS)),
        *("--settles-after-days", "0", "--payout-seconds", "5"),
        *("--return-origin", f"http://*.localhost:{ports.web}"),
    )
    outbox = python(
        *("-m", "simulators.outbox", "--port", str(ports.outbox)),
        *("--state", str(STATE / "outbox.json")),
    )
    return [
        Service("stripe", stripe, port=ports.stripe),
        Service("outbox", outbox, port=ports.outbox),
    ]


def house(ports: Ports) -> list[Service]:
    """Return our own processes: the web server, and the worker with its clock."""
    web = python(
        *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(ports.web), "--workers", "1", "--blocking-threads", "8"),
        *("--no-ws", "config.wsgi:application"),
    )
    worker = python(
        *("-m", "celery", "-A", "config", "worker", "--beat", "--concurrency", "2"),
        *("-Q", "celery,payments", "--schedule", str(STATE / "beat"), "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    return [
        Service("web", web, port=ports.web, host="localhost"),
        Service("worker", worker),
    ]
