"""The courier: posts webhooks in order, and again later to those who did not take them."""

from __future__ import annotations

import http.client
import time
from functools import partial
from threading import Thread
from urllib.parse import urlsplit

from simulators.stripe import switches, webhooks
from simulators.stripe.engine import Engine
from simulators.stripe.errors import Json

TIMEOUT_SECONDS = 10
HELD_SECONDS = 1.0
FIRST_WAIT, LONGEST_WAIT = 0.125, 120.0


class Courier:
    """A thread that empties the queue of deliveries."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.stopped = False
        self.not_before: dict[str, float] = {}
        self.thread = Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self.thread.start()

    def stop(self) -> None:
        """Stop after the delivery under way."""
        self.stopped = True
        with self.engine.lock:
            self.engine.changed.notify_all()
        self.thread.join(timeout=TIMEOUT_SECONDS + 1)

    def _run(self) -> None:
        while not self.stopped:
            message = self._next()
            if message is None:
                with self.engine.lock:
                    seen = self.engine.changes
                    self.engine.changed.wait_for(partial(self._woken, seen), 0.2)
            elif post(message):
                with self.engine.lock:
                    self.not_before.pop(message["id"], None)
                    webhooks.delivered(self.engine.world, [message["id"]])
            else:
                self._again_later(message["id"])

    def _woken(self, seen: int) -> bool:
        return self.stopped or self.engine.changes != seen

    def _next(self) -> Json | None:
        """The first delivery that is due and not waiting, signed."""
        engine = self.engine
        with engine.lock:
            if switches.delivery_mode(engine) != "push":
                return None
            for delivery in webhooks.pending(engine.world):
                patience = HELD_SECONDS if delivery["held"] else 0.0
                due = self.not_before.setdefault(delivery["id"], time.monotonic() + patience)
                if due <= time.monotonic() or (delivery["mischief"] and not delivery["held"]):
                    at = switches.signing_time(engine)
                    return webhooks.message(engine.world, delivery, signed_at=at)
        return None

    def _again_later(self, key: str) -> None:
        with self.engine.lock:
            for delivery in self.engine.state.deliveries:
                if delivery["id"] == key:
                    delivery["attempts"] += 1
                    delivery["mischief"] = None
                    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** delivery["attempts"])
                    self.not_before[key] = time.monotonic() + wait


def post(message: Json) -> bool:
    """Send one delivery; whether the receiver took it with a 2xx."""
    parts = urlsplit(message["url"])
    host = parts.hostname or ""
    address = "127.0.0.1" if host.endswith(".localhost") else host
    secure = parts.scheme == "https"
    connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = connect(address, parts.port, timeout=TIMEOUT_SECONDS)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        headers = {**message["headers"], "Host": parts.netloc}
        connection.request("POST", path, message["payload"].encode(), headers)
        return 200 <= connection.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
