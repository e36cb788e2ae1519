"""The outbox as a server: programs post to it, people look at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl

from simulators.loopback import LoopbackServer, Request, Response, as_json, serving
from simulators.outbox.box import Box, Unreadable
from simulators.outbox.page import show


class Doors:
    """Sends each request to the box."""

    def __init__(self, box: Box) -> None:
        self.box = box

    def respond(self, request: Request) -> Response:
        """The answer to one request."""
        wish = dict(parse_qsl(request.query))
        try:
            return self._respond(request, wish)
        except Unreadable as error:
            return as_json(400, {"error": str(error)})
        except json.JSONDecodeError as error:
            return as_json(400, {"error": f"the body is not JSON: {error}"})

    def _respond(self, request: Request, wish: dict[str, str]) -> Response:
        match request.method, request.path:
            case "GET" | "HEAD", "/":
                return show(self.box, wish)
            case "GET", "/messages.json":
                known = {name: wish[name] for name in ("to", "channel", "since") if name in wish}
                known["since"] = known.get("since", "").replace(" ", "+")
                return as_json(200, self.box.find(**known, words=wish.get("q", "")))
            case "POST", "/messages" | "/":
                message, new = self.box.put(json.loads(request.body))
                return as_json(201 if new else 200, message)
            case "DELETE", "/messages":
                return as_json(200, {"deleted": self.box.clear()})
            case "POST", "/accounts":
                return as_json(200, {"accounts": self.box.put_accounts(json.loads(request.body))})
        return as_json(404, {"error": f"no such page: {request.method} {request.path}"})


@contextmanager
def running(
    box: Box | None = None, *, port: int = 0, host: str = "127.0.0.1"
) -> Iterator[LoopbackServer]:
    """An outbox answering in threads of this process until the block ends; see its `url`."""
    with serving(LoopbackServer(host, port, Doors(box or Box()))) as server:
        yield server
