"""The sandbox's memory: the same for the same seed and calls, and it survives a restart."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import stripe

from simulators.loopback import CannotServe
from simulators.stripe import cli
from simulators.stripe.engine import Engine, as_text
from simulators.stripe.server import Sandbox, running
from simulators.stripe.state import State
from simulators.stripe.transport import EngineTransport
from tests.simulators.stripe.conftest import CONTROLLER, DAY, NOON, Remote


def story(engine: Engine) -> list[str]:
    """A few calls; the bytes of all answers."""
    key = {"Authorization": "Bearer sk_test_x", "Idempotency-Key": "k1"}
    answers = []
    for path, params in (
        ("/v1/customers", {"email": "a@x.example"}),
        ("/v1/accounts", {"country": "BR"}),
        (
            "/v1/payment_intents",
            {
                "amount": "5000",
                "currency": "mxn",
                "payment_method": "pm_card_visa",
                "confirm": "true",
            },
        ),
    ):
        heads = {**key, "Idempotency-Key": path}
        answers.append(as_text(engine.handle("POST", path, params, heads).body))
    engine.advance(engine.state.now + 3 * DAY)
    answers.append(as_text(engine.handle("GET", "/v1/events", {"limit": "100"}, key).body))
    return answers


def test_the_same_seed_and_calls_give_the_same_bytes() -> None:
    first, second = Engine(seed=3, now=NOON), Engine(seed=3, now=NOON)
    assert story(first) == story(second)
    assert first.state.to_json() == second.state.to_json()
    assert story(Engine(seed=4, now=NOON)) != story(Engine(seed=3, now=NOON))


def test_a_loaded_state_goes_on_where_it_was(engine: Engine) -> None:
    story(engine)
    loaded = Engine(state=State.from_json(engine.state.to_json()))
    assert loaded.state.to_json() == engine.state.to_json()
    assert story(loaded) == story(engine)


def test_a_state_of_another_version_is_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="another version"):
        State.from_json(engine.state.to_json().replace('"version":1', '"version":0'))


def test_the_file_is_written_while_running_and_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "stripe.json"
    with running(Engine(seed=1, now=NOON), state=path) as box:
        client = stripe.StripeClient("sk_test_x", base_addresses={"api": box.url})
        first = client.v1.customers.create({"email": "a@x.example"})
        deadline = time.monotonic() + 5
        while not path.exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        second = client.v1.customers.create({"email": "b@x.example"})
    kept = State.from_json(path.read_text())
    assert list(kept.rows["customers"]) == [first.id, second.id]
    assert list(tmp_path.iterdir()) == [path]


def test_the_clock_only_moves_forward_once_something_happened(remote: Remote) -> None:
    assert remote.control("/clock", {"now": "2026-09-20T12:00:00"})["now"] == NOON - 61 * DAY
    remote.client.v1.customers.create({})
    with pytest.raises(HTTPError, match="400"):
        remote.control("/clock", {"now": NOON - 62 * DAY})
    assert remote.control("/clock", {"now": NOON})["now"] == NOON


def test_a_real_clock_catches_up_and_never_falls_back(remote: Remote) -> None:
    answer = remote.control("/clock", {"now": int(time.time()) + 5 * DAY, "mode": "real"})
    assert answer["mode"] == "real"
    status = remote.control("", method="GET")
    assert 0 <= status["now"] - answer["now"] <= 5


def test_a_reset_keeps_nothing(remote: Remote) -> None:
    remote.charge()
    rows = remote.control("/reset", {"seed": 9, "now": NOON})["rows"]
    assert rows == {"accounts": 1}


def test_a_call_takes_milliseconds(client: stripe.StripeClient) -> None:
    times = []
    for _ in range(50):
        began = time.perf_counter()
        client.v1.balance.retrieve()
        times.append(time.perf_counter() - began)
    assert min(times) < 0.01


def test_the_engine_also_answers_without_a_network(engine: Engine) -> None:
    client = stripe.StripeClient("sk_test_x", http_client=EngineTransport(engine))
    wish: Any = {"country": "MX", "controller": CONTROLLER}
    account = client.v1.accounts.create(wish, {"idempotency_key": "k"})
    assert client.v1.accounts.create(wish, {"idempotency_key": "k"}).id == account.id
    engine.state.faults.append({"kind": "timeout_before", "times": 1, "seconds": 0.0, "match": {}})
    with pytest.raises(stripe.APIConnectionError):
        client.v1.accounts.retrieve(account.id)


def test_it_listens_on_this_machine_only(sandbox: Sandbox) -> None:
    with pytest.raises(CannotServe, match="is not a loopback address"):
        running(Engine(), host="0.0.0.0").__enter__()
    with pytest.raises(HTTPError, match="421"):
        urlopen(Request(sandbox.url, headers={"Host": "evil.example"}), timeout=5)


def test_a_port_in_use_is_said_in_one_line(sandbox: Sandbox) -> None:
    port = sandbox.url.rsplit(":", 1)[1]
    run = subprocess.run(
        [sys.executable, "-m", "simulators.stripe", "--port", port],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    reason = f"cannot listen on 127.0.0.1:{port}: Address already in use\n"
    assert run.stderr == f"stripe sandbox: {reason}"


def test_the_command_line_sets_endpoints_once(tmp_path: Path) -> None:
    state = tmp_path / "stripe.json"
    words = ["--state", str(state), "--webhook-url", "http://127.0.0.1:9/a", "--clock", "manual"]
    parser = cli.parser()
    engine = cli.engine_for(parser.parse_args(words))
    state.write_text(engine.state.to_json())
    words[3] = "http://127.0.0.1:9/b"
    again = cli.engine_for(parser.parse_args([*words, "--webhook-secret", "whsec_new"]))
    (row,) = again.world.family("webhook_endpoints").values()
    assert (row["url"], row["secret"], row["_connect"]) == (
        "http://127.0.0.1:9/b",
        "whsec_new",
        False,
    )
