"""The sandbox as a server: the API, the control API and the pages on one loopback port."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from simulators.loopback import LoopbackServer, Request, Response, as_json, serving, write_whole
from simulators.stripe import control, switches
from simulators.stripe.courier import Courier
from simulators.stripe.engine import Engine, as_text
from simulators.stripe.faults import Dropped
from simulators.stripe.pages import visit

TICK_SECONDS = 0.2
SAVE_SECONDS = 1.0


class Sandbox:
    """A running sandbox; `url` is the API's base address."""

    def __init__(self, engine: Engine, server: LoopbackServer) -> None:
        self.engine = engine
        self.server = server

    @property
    def url(self) -> str:
        """Where the sandbox answers."""
        return self.server.url


class Doors:
    """Sends each request to the API, the control API or the pages."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def respond(self, request: Request) -> Response:
        """The answer to one request."""
        switches.tick(self.engine)
        if request.path.startswith(("/v1/", "/v2/")):
            return self._api(request)
        if request.path.split("/")[1] == "control":
            return as_json(*control.handle(self.engine, request.method, request.path, request.body))
        return visit(self.engine, request)

    def _api(self, request: Request) -> Response:
        form = request.body if request.method == "POST" else request.query
        try:
            answer = self.engine.request(request.method, request.path, form, request.headers)
        except Dropped as dropped:
            time.sleep(dropped.seconds)
            return Response(0, "", drop=True)
        return Response(answer.status, as_text(answer.body), headers=answer.headers)


class Keeper:
    """A thread that moves the clock with real time and saves what changed."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path
        self.over = Event()
        self.saved = -1
        self.thread = Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin to keep."""
        self.thread.start()

    def stop(self) -> None:
        """Save a last time."""
        self.over.set()
        self.thread.join(timeout=30)
        self.save()

    def _run(self) -> None:
        rest = SAVE_SECONDS
        saved_at = time.monotonic()
        while not self.over.wait(TICK_SECONDS):
            switches.tick(self.engine)
            if time.monotonic() - saved_at >= rest:
                began = time.monotonic()
                self.save()
                saved_at = time.monotonic()
                # A large state is saved less often: never more than a twentieth of the time.
                rest = max(SAVE_SECONDS, 20 * (saved_at - began))

    def save(self) -> None:
        """Write the state, if it changed since the last time."""
        if self.path is None:
            return
        with self.engine.lock:
            if self.engine.changes == self.saved:
                return
            self.saved = self.engine.changes
            text = self.engine.state.to_json()
        write_whole(self.path, text)


@contextmanager
def running(
    engine: Engine, *, port: int = 0, host: str = "127.0.0.1", state: Path | None = None
) -> Iterator[Sandbox]:
    """A sandbox answering in threads of this process until the block ends."""
    server = LoopbackServer(host, port, Doors(engine))
    engine.settings.base_url = server.url
    keeper, courier = Keeper(engine, state), Courier(engine)
    with serving(server):
        keeper.start()
        courier.start()
        try:
            yield Sandbox(engine, server)
        finally:
            courier.stop()
            keeper.stop()
