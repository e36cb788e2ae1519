"""The one way a request is refused: an exception that knows Stripe's error body."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """A request that ends in an error; `status` and `body` are what the caller receives."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status = status
        error: Json = {"type": kind, "message": message}
        if code:
            error["code"] = code
            error["doc_url"] = f"https://docs.stripe.com/error-codes/{code.replace('_', '-')}"
        if param:
            error["param"] = param
        error.update(more)
        self.body: Json = {"error": error}


def no_such(noun: str, key: str, *, param: str = "id", status: int = 404) -> Refused:
    """The refusal for an object that does not exist, or that this account may not see."""
    return Refused(f"No such {noun}: '{key}'", status=status, code="resource_missing", param=param)
