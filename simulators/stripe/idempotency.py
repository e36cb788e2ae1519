"""Idempotency keys: the first outcome of an executed request is the outcome, for a day."""

from __future__ import annotations

import copy
import hashlib
import json

from simulators.stripe.errors import Json, Refused
from simulators.stripe.state import State
from simulators.stripe.world import DAY

LONGEST_KEY = 255


class Ledger:
    """The remembered outcomes of one sandbox, per account and key."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.running: set[str] = set()

    def place(self, account: str, key: str) -> str:
        """Where an account's key is kept; refuses keys that are too long."""
        if len(key) > LONGEST_KEY:
            raise Refused(
                f"Keys for idempotent requests may be at most {LONGEST_KEY} characters long.",
                kind="idempotency_error",
            )
        return f"{account}/{key}"

    def remembered(self, place: str, fingerprint: str) -> tuple[int, Json] | None:
        """The earlier outcome, if there is one; a refusal if it was another request."""
        reply = self.state.replies.get(place)
        if reply is None or reply["at"] + DAY <= self.state.now:
            return None
        if reply["fingerprint"] != fingerprint:
            raise Refused(
                "Keys for idempotent requests can only be used with the same parameters they"
                " were first used with. Try using a key other than"
                f" '{place.split('/', 1)[1]}' if you meant to execute a different request.",
                kind="idempotency_error",
            )
        return reply["status"], copy.deepcopy(reply["body"])

    def begin(self, place: str) -> None:
        """Mark a key as running; a second request with it meanwhile is refused."""
        if place in self.running:
            raise Refused(
                "There is currently another in-progress request using this idempotent key"
                f" '{place.split('/', 1)[1]}'. Please try again later.",
                status=409,
                kind="idempotency_error",
                code="idempotency_key_in_use",
            )
        self.running.add(place)

    def end(self, place: str) -> None:
        """The request with this key is over."""
        self.running.discard(place)

    def remember(self, place: str, fingerprint: str, status: int, body: Json) -> None:
        """Keep the outcome of an executed request, and forget those of yesterday."""
        replies = self.state.replies
        # A used-up key is written anew at the end: the oldest stand first.
        replies.pop(place, None)
        replies[place] = {
            "at": self.state.now,
            "fingerprint": fingerprint,
            "status": status,
            "body": copy.deepcopy(body),
        }
        for old in list(replies):
            if replies[old]["at"] + DAY > self.state.now:
                break
            del replies[old]


def fingerprint_of(method: str, path: str, params: Json) -> str:
    """What must be equal for two requests to be the same."""
    text = json.dumps([method, path, params], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
