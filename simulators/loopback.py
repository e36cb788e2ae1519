"""A small HTTP server for simulators: loopback only, kept-alive connections, no delays."""

from __future__ import annotations

import ipaddress
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

LARGEST_BODY = 2_000_000


class Request(NamedTuple):
    """One request as it came in."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str


class Response(NamedTuple):
    """One answer to send; `drop` ends the connection without one."""

    status: int
    body: str
    kind: str = "application/json"
    headers: dict[str, str] | None = None
    drop: bool = False


class Application(Protocol):
    """Whatever answers requests."""

    def respond(self, request: Request) -> Response:
        """The answer to one request."""


class CannotServe(Exception):
    """The server cannot start; the message is one line for the person who tried."""


def as_json(status: int, body: Any) -> Response:
    """An answer of JSON."""
    return Response(status, json.dumps(body, ensure_ascii=False))


def redirect(url: str) -> Response:
    """An answer that sends a browser on with GET."""
    return Response(303, "", "text/html; charset=utf-8", {"Location": url})


class LoopbackServer(ThreadingHTTPServer):
    """A threading server that refuses to listen anywhere but on this machine."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, application: Application) -> None:
        if not is_loopback(host):
            raise CannotServe(f"{host} is not a loopback address: a simulator stays on 127.0.0.1")
        self.application = application
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotServe(f"cannot listen on {host}:{port}: {reason}") from None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers who hang up are no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """Where the server answers."""
        return f"http://127.0.0.1:{self.server_address[1]}"


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Simulator"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: LoopbackServer

    def _answer(self) -> None:
        host = urlsplit(f"//{self.headers.get('Host', 'localhost')}").hostname or ""
        told = self.headers.get("Content-Length", "0")
        length = int(told) if told.isdigit() else LARGEST_BODY + 1
        if length > LARGEST_BODY or not is_loopback(host):
            self.close_connection = True
            self._send(Response(413 if length > LARGEST_BODY else 421, ""))
            return
        parts = urlsplit(self.path)
        request = Request(
            self.command,
            parts.path,
            parts.query,
            dict(self.headers.items()),
            self.rfile.read(length).decode("utf-8", "replace"),
        )
        response = self.server.application.respond(request)
        if response.drop:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(response)

    do_GET = do_POST = do_DELETE = do_HEAD = _answer

    def _send(self, response: Response) -> None:
        body = response.body.encode()
        self.send_response(response.status)
        self.send_header("Content-Type", response.kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (response.headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: callers log what matters to them."""


@contextmanager
def serving(server: LoopbackServer) -> Iterator[LoopbackServer]:
    """Answer requests in a thread until the block ends."""
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def wait_for_signal() -> None:
    """Sleep until Ctrl-C or a polite kill."""
    over = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    over.wait()


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(draft).replace(path)
