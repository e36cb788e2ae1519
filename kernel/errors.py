"""The ways a request can be refused. Every foreseen error in the product is one of these.

A subclass stands beside the rule that raises it and says why: `code` is for programs and never
changes, `title` is the English sentence that doors translate for people. Details may be named in
the title, as in "At most {limit} a day.".
"""

from typing import Any, ClassVar


class Refusal(Exception):
    """Something the caller asked for will not happen, for a reason we foresaw."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "That is not possible."
    status: ClassVar[int] = 400

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(f"{self.code} {details}" if details else self.code)


class NotFound(Refusal):
    """No such thing, or none that this caller may know about."""

    code = "not_found"
    title = "We could not find that."
    status = 404


class NotAllowed(Refusal):
    """The caller may not do this."""

    code = "not_allowed"
    title = "You may not do that."
    status = 403


class Conflict(Refusal):
    """The request makes sense, but not in the present state."""

    code = "conflict"
    title = "That is not possible any more."
    status = 409


class Invalid(Refusal):
    """The request makes no sense, whatever the state. `fields` may name what to correct."""

    code = "invalid"
    title = "Please correct what you entered."
    status = 422


class TooMany(Refusal):
    """Asked too often; `retry_after_seconds` in the details says when to come back."""

    code = "too_many"
    title = "Too many attempts. Please wait a moment."
    status = 429


class Unavailable(Refusal):
    """Somebody we depend on does not answer; nothing was changed."""

    code = "unavailable"
    title = "This service is not available right now. Please try again."
    status = 503


def all_refusals() -> list[type[Refusal]]:
    """Return every declared refusal, for documentation and for the test of their texts."""
    found: list[type[Refusal]] = []
    waiting = [Refusal]
    while waiting:
        refusal = waiting.pop()
        found.append(refusal)
        waiting.extend(refusal.__subclasses__())
    return sorted(set(found), key=lambda each: (each.code, each.__qualname__))
