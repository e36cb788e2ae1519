"""A process that dies at a chosen point: around each commit, and around each request that writes.

What was committed stays, what was not is gone, and what the provider did it has done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import stripe
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


class Killed(BaseException):
    """The process is gone; nobody can catch that."""


@dataclass
class Reaper:
    """Counts the points that work passes, and kills it at one of them."""

    kill_at: int
    passed: int = 0

    def point(self) -> None:
        """Pass a point, or die there."""
        self.passed += 1
        if self.passed == self.kill_at:
            raise Killed


@contextmanager
def killed_at(number: int) -> Iterator[Reaper]:
    """Let the work inside die at its point of that number, if it has so many."""
    reaper = Reaper(number)
    commit, request = BaseDatabaseWrapper._commit, stripe.RequestsClient.request

    def mortal_commit(self: Any) -> None:
        try:
            reaper.point()
        except Killed:
            self._rollback()  # As PostgreSQL does when it loses somebody.
            raise
        commit(self)
        reaper.point()

    def mortal_request(self: Any, method: str, *args: Any, **more: Any) -> Any:
        if method != "post":
            return request(self, method, *args, **more)
        reaper.point()
        answer = request(self, method, *args, **more)
        reaper.point()
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "_commit", mortal_commit)
        patch.setattr(stripe.RequestsClient, "request", mortal_request)
        yield reaper


def every_death(begin: Callable[[int], Any], work: Callable[[Any], object]) -> list[Any]:
    """Begin something anew for every point at which its work can die, kill it there, and let the
    next process do the work again. Return all that was begun.
    """
    begun, number = [], 0
    while True:
        number += 1
        thing = begin(number)
        begun.append(thing)
        with killed_at(number) as reaper:
            try:
                work(thing)
            except Killed:
                connection.close()
        if reaper.passed < number:
            return begun
        work(thing)
