"""The pages people see: pay, onboarding, vouchers, identity checks, and the control page."""

from __future__ import annotations

from simulators.loopback import Request, Response
from simulators.stripe.engine import Engine


def visit(engine: Engine, request: Request) -> Response:
    """The page for a request."""
    return Response(404, "Not found", "text/plain; charset=utf-8")
