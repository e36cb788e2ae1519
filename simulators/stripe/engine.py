"""The engine: one request in, one answer out, as the real API would answer it."""

from __future__ import annotations

import json
import re
import threading
import time
from typing import NamedTuple

from simulators.stripe import resources as resources  # registers the operations
from simulators.stripe.errors import Json, Refused
from simulators.stripe.faults import ON_ACCOUNTS, ON_REQUESTS, RATE_LIMIT, Dropped, take
from simulators.stripe.forms import decode, decode_json
from simulators.stripe.idempotency import Ledger, fingerprint_of
from simulators.stripe.render import rendered
from simulators.stripe.resources import accounts, payouts
from simulators.stripe.routes import Call, Route, find
from simulators.stripe.settings import Settings
from simulators.stripe.state import State
from simulators.stripe.world import World

SECRET_KEY = re.compile(r"(sk|rk)_test_\w+")


class Answer(NamedTuple):
    """What goes back to the caller."""

    status: int
    body: Json
    headers: dict[str, str]


class Engine:
    """A Stripe of its own: deterministic for a seed and a sequence of calls."""

    def __init__(
        self,
        *,
        seed: int = 1,
        now: int = 1_795_000_000,
        settings: Settings | None = None,
        state: State | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.changes = 0
        self._remember(state or State(seed=seed, now=now))

    def _remember(self, state: State) -> None:
        self.state = state
        self.world = World(state, self.settings)
        self.ledger = Ledger(state)
        if not any(name == "daily_payouts" for _, _, name, _ in state.timers):
            payouts.schedule_daily(self.world)

    def reset(self, *, seed: int | None = None, now: int | None = None) -> None:
        """Forget everything except the webhook endpoints that the command line named."""
        with self.lock:
            old = self.state
            kept = list(self.world.family("webhook_endpoints").values())
            fresh = State(seed=seed or old.seed, now=now or old.now, switches=old.switches)
            self._remember(fresh)
            for row in kept:
                if row.get("_from_command_line"):
                    self.world.add(row, owner=self.world.platform)
            self.touch()

    def touch(self) -> None:
        """Something changed: wake whoever saves or delivers."""
        with self.lock:
            self.changes += 1
            self.changed.notify_all()

    def advance(self, to: int) -> int:
        """Move the sandbox's clock forward; how many timers fired."""
        with self.lock:
            fired = self.world.advance(to)
            if fired:
                self.touch()
            return fired

    def request(self, method: str, path: str, text: str, headers: dict[str, str]) -> Answer:
        """A request as it comes over the wire, its form still encoded."""
        try:
            speaks_json = path.startswith("/v2/") and method.lower() == "post"
            params = decode_json(text) if speaks_json else decode(text)
        except Refused as refused:
            return Answer(refused.status, refused.body, {})
        return self.handle(method, path, params, headers)

    def handle(self, method: str, path: str, params: Json, headers: dict[str, str]) -> Answer:
        """Answer one API request; raises `Dropped` when the connection is to end instead."""
        method = method.lower()
        heads = {name.lower(): value for name, value in headers.items()}
        with self.lock:
            self.state.counter += 1
            request_id = f"req_{self.state.digest('request', self.state.counter).hex()[:14]}"
        try:
            status, body, more = self._handle(method, path, params, heads, request_id)
        except Refused as refused:
            status, body, more = refused.status, refused.body, {}
        more["Request-Id"] = request_id
        return Answer(status, body, more)

    def _handle(
        self, method: str, path: str, params: Json, heads: dict[str, str], request_id: str
    ) -> tuple[int, Json, dict[str, str]]:
        account = self._account(heads)
        found = find(method, path)
        if found is None:
            raise Refused(
                f"Unrecognized request URL ({method.upper()}: {path}). The sandbox does not"
                " play this operation, or Stripe has none of this name.",
                status=404,
            )
        route, keys = found
        self._hit_limit(method, path, account)
        call = Call(account, keys, _checked(route, params), path)
        key = heads.get("idempotency-key") if method == "post" else None
        if key is None:
            return *self._run(route, call, method, request_id, None), {}
        echo = {"Idempotency-Key": key}
        place = self.ledger.place(account, key)
        fingerprint = fingerprint_of(method, path, params)
        with self.lock:
            earlier = self.ledger.remembered(place, fingerprint)
            if earlier is not None:
                return *earlier, {**echo, "Idempotent-Replayed": "true"}
            self.ledger.begin(place)
        try:
            status, body = self._run(route, call, method, request_id, (key, place, fingerprint))
        finally:
            self.ledger.end(place)
        return status, body, echo

    def _run(
        self,
        route: Route,
        call: Call,
        method: str,
        request_id: str,
        keyed: tuple[str, str, str] | None,
    ) -> tuple[int, Json]:
        """Execute, with the faults that were wished for around it."""
        with self.lock:
            fault = take(
                self.world, ON_REQUESTS, method=method, path=call.path, account=call.account
            )
        kind = fault["kind"] if fault else None
        seconds = fault["seconds"] if fault else 0.0
        if kind == "slow":
            time.sleep(seconds or 1.0)
        if kind == "timeout_before":
            raise Dropped(seconds)
        with self.lock:
            status, body = (
                (500, BROKEN)
                if kind == "500"
                else self._execute(route, call, request_id, keyed[0] if keyed else None)
            )
            if kind == "500_after":
                status, body = 500, BROKEN
            if keyed:
                self.ledger.remember(keyed[1], keyed[2], status, body)
            if method != "get":
                self.touch()
        if kind == "timeout_after":
            raise Dropped(seconds)
        return status, body

    def _execute(
        self, route: Route, call: Call, request_id: str, key: str | None
    ) -> tuple[int, Json]:
        world = self.world
        world.request_id, world.request_key = request_id, key
        account_fault = take(
            world, ON_ACCOUNTS, method=route.method, path=call.path, account=call.account
        )
        expand = call.params.pop("expand", None)
        try:
            if account_fault:
                accounts.strike(world, call, account_fault["kind"])
                self._require_access(call.account)
            row = route.operation(world, call)
            return 200, rendered(world, row, expand)
        except Refused as refused:
            return refused.status, refused.body
        finally:
            world.request_id, world.request_key = None, None

    def _account(self, heads: dict[str, str]) -> str:
        """Whom the request is about: the platform, or the account in `Stripe-Account`."""
        scheme, _, key = heads.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not SECRET_KEY.fullmatch(key.strip()):
            raise Refused(
                "Invalid API Key provided: the sandbox takes any key that begins with sk_test_.",
                status=401,
            )
        return self._require_access(heads.get("stripe-account", self.world.platform))

    def _require_access(self, account: str) -> str:
        row = self.world.family("accounts").get(account)
        if row is None or row.get("_deauthorized"):
            raise Refused(
                f"The provided key 'sk_test_***' does not have access to account '{account}'"
                " (or that account does not exist). Application access may have been revoked.",
                status=403,
                code="account_invalid",
            )
        return account

    def _hit_limit(self, method: str, path: str, account: str) -> None:
        with self.lock:
            if take(self.world, RATE_LIMIT, method=method, path=path, account=account):
                raise Refused(
                    "Request rate limit exceeded.",
                    status=429,
                    code="rate_limit",
                )


BROKEN: Json = {
    "error": {
        "type": "api_error",
        "message": "An unknown error occurred. This is the sandbox, told to fail.",
    }
}


def _checked(route: Route, params: Json) -> Json:
    """The parameters, typed; the SDK's own types say what is right."""
    if route.parameters is None:
        for name in params:
            raise Refused(
                f"Received unknown parameter: {name}", code="parameter_unknown", param=name
            )
        return {}
    typed: Json = route.parameters.read(params, "")
    return typed


def as_text(body: Json) -> str:
    """An answer's bytes-to-be, the way Stripe prints them."""
    return json.dumps(body, indent=2, ensure_ascii=False)
