"""A worker process that dies: around a commit, or around a request that changes something."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import stripe
from django.db import connection
from django.db.transaction import Atomic

from simulators.stripe.transport import EngineTransport

LOST = {"timeout_before", "timeout_after"}


class Killed(BaseException):
    """The process ended here; nobody can catch that."""


class Fate:
    """Counts the points that work passes, kills it at one of them, and tells what happened."""

    def __init__(self, happened: Counter[str]) -> None:
        self.happened = happened
        self.points_left, self.at = 0, ""

    def point(self, name: str) -> None:
        """Pass a point, or die there."""
        if self.points_left and name.endswith(self.at):
            self.points_left -= 1
            if not self.points_left:
                self.happened[f"crash {name}"] += 1
                raise Killed(name)


class Line(EngineTransport):
    """The line to the sandbox: who is on it may die before or after a request that changes."""

    def __init__(self, engine: Any, fate: Fate) -> None:
        super().__init__(engine)
        self.fate = fate

    def request(self, method: str, *given: Any, **more: Any) -> tuple[str, int, Mapping[str, str]]:
        """Ask, and note what went wrong on the way."""
        if method == "post":
            self.fate.point("before request")
        faults = {id(each): (each["kind"], each["times"]) for each in self.engine.state.faults}
        try:
            answer = super().request(method, *given, **more)
        except stripe.APIConnectionError:
            self._note(faults)
            raise
        self._note(faults)
        if method == "post":
            self.fate.point("after request")
        return answer

    def _note(self, before: dict[int, tuple[str, int]]) -> None:
        """Count the faults that this request has used up."""
        left = {id(each): each["times"] for each in self.engine.state.faults}
        for key, (kind, times) in before.items():
            if left.get(key, 0) < times:
                self.fate.happened[f"fault {kind}"] += 1


@contextmanager
def mortal(fate: Fate, *, points: int, at: str = "") -> Iterator[None]:
    """Let the work inside die when it passes its point of that number: any, or a "request".

    The test is one transaction, so a commit is the release of an outermost savepoint within it.
    """
    outside, leave = len(connection.savepoint_ids), Atomic.__exit__

    def mortal_exit(self: Atomic, kind: Any, error: Any, trace: Any) -> None:
        commits = kind is None and len(connection.savepoint_ids) == outside + 1
        if commits:
            try:
                fate.point("before commit")
            except Killed as death:
                leave(self, Killed, death, None)
                raise
        leave(self, kind, error, trace)
        if commits:
            fate.point("after commit")

    fate.points_left, fate.at = points, at
    with patch.object(Atomic, "__exit__", mortal_exit):
        try:
            yield
        finally:
            fate.points_left = 0
