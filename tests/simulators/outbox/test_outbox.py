"""The outbox: each message once, found again, its code easy to read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from simulators.loopback import CannotServe
from simulators.outbox.box import Box
from simulators.outbox.server import running
from simulators.outbox.totp import totp

ANA = {
    "tracker": "n1",
    "channel": "email",
    "to": "ana@patitas.example",
    "tenant": "patitas",
    "subject": "Tu código",
    "text": "Tu código es 482913. Vence en 5 minutos. <b>http://patitas.localhost/x?a=1&b=2</b>",
    "at": "2026-11-21T10:00:00-06:00",
}
BIA = {**ANA, "tracker": "n2", "channel": "sms", "to": "+5511912345678", "text": "Oi, Bia"}


def ask(url: str, path: str, body: Any = None, method: str = "GET") -> tuple[int, Any]:
    """One request; the status, and the JSON or the text of the answer."""
    payload = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(url + path, payload, method=method), timeout=5) as answer:
            status, text = answer.status, answer.read().decode()
    except HTTPError as error:
        status, text = error.code, error.read().decode()
    return status, json.loads(text) if text[:1] in "[{" else text


@pytest.fixture
def url() -> Iterator[str]:
    """An empty outbox."""
    with running() as server:
        yield server.url


def test_the_same_tracker_is_stored_once(url: str) -> None:
    assert ask(url, "/", ANA, "POST")[0] == 201
    status, kept = ask(url, "/messages", {**ANA, "text": "another"}, "POST")
    assert (status, kept["text"]) == (200, ANA["text"])
    assert [row["text"] for row in ask(url, "/messages.json")[1]] == [ANA["text"]]


def test_messages_are_found_by_recipient_time_channel_and_words(url: str) -> None:
    for message in (ANA, {**BIA, "at": "2026-11-21T16:00:01+00:00"}):
        ask(url, "/messages", message, "POST")
    for query, trackers in {
        "": ["n2", "n1"],
        "?to=ANA@": ["n1"],
        "?channel=sms": ["n2"],
        "?q=codigo": [],
        "?q=vence+minutos": ["n1"],
        "?since=2026-11-21T16:00:01%2B00:00": ["n2"],
        "?since=2026-11-21T10:00:00-06:00": ["n2", "n1"],
    }.items():
        assert [row["tracker"] for row in ask(url, f"/messages.json{query}")[1]] == trackers


def test_the_page_shows_the_code_big_and_the_text_harmless(url: str) -> None:
    ask(url, "/messages", ANA, "POST")
    html = ask(url, "/")[1]
    assert '<p class="code">482913</p>' in html
    assert '<a href="http://patitas.localhost/x?a=1&amp;b=2">' in html
    assert "<b>" not in html
    assert 'http-equiv="refresh"' in html
    assert "482913" not in ask(url, "/?to=bia")[1]


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("/messages", {**ANA, "channel": "pigeon"}, "channel must be one of"),
        ("/messages", {**ANA, "to": ""}, "to is missing"),
        ("/messages", {**ANA, "at": "soon"}, "at is not an ISO moment: soon"),
        ("/messages", ["n1"], "a message must be a JSON object"),
        ("/accounts", {"login": "x"}, "accounts must be a JSON list"),
        ("/accounts", [{"login": "x", "totp_secret": "1!"}], "is not base32"),
    ],
)
def test_what_is_not_a_message_is_refused(url: str, path: str, body: Any, reason: str) -> None:
    status, answer = ask(url, path, body, "POST")
    assert status == 400
    assert reason in answer["error"]
    assert ask(url, "/messages.json")[1] == []


def test_deleting_leaves_nothing(url: str) -> None:
    ask(url, "/messages", ANA, "POST")
    assert ask(url, "/messages", method="DELETE") == (200, {"deleted": 1})
    assert ask(url, "/messages.json")[1] == []


def test_a_staff_login_shows_its_current_code(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulators.outbox.page.time.time", lambda: 59.0)
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    account = {"tenant": "patitas", "who": "Olga", "login": "olga@x.example"}
    assert ask(url, "/accounts", [{**account, "totp_secret": secret}], "POST")[0] == 200
    html = ask(url, "/")[1]
    assert "olga@x.example" in html
    assert ">287082</span>" in html


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    assert totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == code


def test_the_file_brings_everything_back(tmp_path: Path) -> None:
    box = Box(tmp_path / "outbox.jsonl")
    box.put(ANA)
    box.put_accounts([{"tenant": "patitas", "who": "Olga", "login": "olga", "totp_secret": ""}])
    box.put(BIA)
    again = Box(tmp_path / "outbox.jsonl")
    assert [row["tracker"] for row in again.find()] == ["n2", "n1"]
    assert [row["who"] for row in again.logins()] == ["Olga"]
    assert again.put(ANA)[1] is False
    again.clear()
    assert Box(tmp_path / "outbox.jsonl").find() == []


def test_it_listens_on_this_machine_only(url: str) -> None:
    with pytest.raises(CannotServe, match="is not a loopback address"):
        running(host="0.0.0.0").__enter__()
    outside = Request(f"{url}/messages.json", headers={"Host": "evil.example"})
    with pytest.raises(HTTPError, match="421"):
        urlopen(outside, timeout=5)


def test_a_port_in_use_is_said_in_one_line(url: str) -> None:
    port = url.rsplit(":", 1)[1]
    run = subprocess.run(
        [sys.executable, "-m", "simulators.outbox", "--port", port],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr == f"outbox: cannot listen on 127.0.0.1:{port}: Address already in use\n"
