"""The box itself: messages by their tracker, demo accounts, kept in memory or in a file."""

from __future__ import annotations

import binascii
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulators.loopback import write_whole
from simulators.outbox.totp import totp

Json = dict[str, Any]
CHANNELS = ("email", "sms", "whatsapp", "push")
FIELDS = ("tracker", "channel", "to", "tenant", "subject", "text", "html", "at")
NEEDED = ("tracker", "channel", "to", "text")
ACCOUNT_FIELDS = ("tenant", "who", "login", "totp_secret")
MOST_MESSAGES = 5000


class Unreadable(Exception):
    """What was posted is not a message or an account."""


@dataclass
class Box:
    """Messages in the order in which they came, each tracker once."""

    path: Path | None = None
    messages: dict[str, Json] = field(default_factory=dict)
    accounts: dict[tuple[str, str], Json] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        if self.path is not None and self.path.exists():
            for line in self.path.read_text(encoding="utf-8").splitlines():
                kept = json.loads(line)
                if "totp_secret" in kept:
                    self.accounts[_account_key(kept)] = kept
                else:
                    self.messages[kept["tracker"]] = kept
            self._trim()
            self._rewrite()

    def put(self, posted: Any) -> tuple[Json, bool]:
        """Store a message; the same tracker again changes nothing. The message, and if new."""
        message = _message(posted)
        with self.lock:
            known = self.messages.get(message["tracker"])
            if known is not None:
                return known, False
            self.messages[message["tracker"]] = message
            self._trim()
            self._append([message])
        return message, True

    def put_accounts(self, posted: Any) -> int:
        """Show these demo logins; the same tenant and login again replaces the old one."""
        if not isinstance(posted, list):
            raise Unreadable("accounts must be a JSON list")
        accounts = [_account(row) for row in posted]
        with self.lock:
            self.accounts.update({_account_key(row): row for row in accounts})
            self._append(accounts)
            return len(self.accounts)

    def clear(self) -> int:
        """Throw all messages away; how many there were."""
        with self.lock:
            count = len(self.messages)
            self.messages.clear()
            self._rewrite()
            return count

    def find(
        self, *, to: str = "", channel: str = "", since: str = "", words: str = ""
    ) -> list[Json]:
        """Messages, newest first, that match all that is asked."""
        since = _moment(since) if since else ""
        with self.lock:
            newest = list(reversed(self.messages.values()))
        return [
            row
            for row in newest
            if (not to or to.lower() in row["to"].lower())
            and (not channel or row["channel"] == channel)
            and (not since or row["at"] >= since)
            and _has_words(row, words)
        ]

    def logins(self) -> Iterable[Json]:
        """The demo accounts, by tenant."""
        with self.lock:
            return sorted(self.accounts.values(), key=_account_key)

    def _trim(self) -> None:
        while len(self.messages) > MOST_MESSAGES:
            del self.messages[next(iter(self.messages))]

    def _append(self, rows: Iterable[Json]) -> None:
        """Keep new rows, a line of JSON each; later lines win."""
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(_lines(rows))

    def _rewrite(self) -> None:
        if self.path is not None:
            write_whole(self.path, _lines([*self.messages.values(), *self.accounts.values()]))


def _lines(rows: Iterable[Json]) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def _message(posted: Any) -> Json:
    if not isinstance(posted, dict):
        raise Unreadable("a message must be a JSON object")
    for name in NEEDED:
        if not posted.get(name):
            raise Unreadable(f"{name} is missing")
    if posted["channel"] not in CHANNELS:
        raise Unreadable(f"channel must be one of {', '.join(CHANNELS)}")
    message = {name: str(posted.get(name) or "") for name in FIELDS}
    message["at"] = _moment(message["at"])
    return message


def _moment(text: str) -> str:
    """A moment in UTC, so that moments sort as text."""
    if not text:
        return datetime.now(UTC).isoformat(timespec="seconds")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"at is not an ISO moment: {text}") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _account(posted: Any) -> Json:
    if not isinstance(posted, dict) or not posted.get("login"):
        raise Unreadable("an account needs at least a login")
    row = {name: str(posted.get(name) or "") for name in ACCOUNT_FIELDS}
    try:
        totp(row["totp_secret"], 0)
    except binascii.Error:
        raise Unreadable(f"the totp_secret of {row['login']} is not base32") from None
    return row


def _account_key(row: Json) -> tuple[str, str]:
    return row["tenant"], row["login"]


def _has_words(row: Json, words: str) -> bool:
    text = f"{row['subject']} {row['text']} {row['to']} {row['tenant']}".lower()
    return all(word in text for word in words.lower().split())
