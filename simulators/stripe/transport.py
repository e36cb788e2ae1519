"""The sandbox without a network: a transport for `StripeClient` that calls the engine directly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import stripe

from simulators.stripe.engine import Engine, as_text
from simulators.stripe.faults import Dropped


class EngineTransport(stripe.HTTPClient):
    """Hand it to `stripe.StripeClient(..., http_client=EngineTransport(engine))`."""

    name = "engine"

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_: Any,
    ) -> tuple[str, int, Mapping[str, str]]:
        """Answer one call of the SDK."""
        parts = urlsplit(url)
        form = post_data if method == "post" else parts.query
        try:
            answer = self.engine.request(method, parts.path, form or "", dict(headers or {}))
        except Dropped as dropped:
            # The SDK's errors have no annotations.
            lost: Exception = stripe.APIConnectionError(  # type: ignore[no-untyped-call]  # Theirs.
                "the sandbox dropped the connection"
            )
            raise lost from dropped
        # The SDK looks some headers up in lower case.
        lowered = {name.lower(): value for name, value in answer.headers.items()}
        return as_text(answer.body), answer.status, {**answer.headers, **lowered}

    def close(self) -> None:
        """Nothing to close."""
