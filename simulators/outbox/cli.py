"""The outbox's command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from simulators.loopback import CannotServe, wait_for_signal
from simulators.outbox.box import Box
from simulators.outbox.server import running


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until a signal ends it; 1 with one line of reason when it cannot."""
    parser = argparse.ArgumentParser(
        prog="python -m simulators.outbox", description="Messages that would have been sent."
    )
    parser.add_argument("--port", type=int, default=8097)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--state", type=Path, help="keep messages and logins in this file")
    options = parser.parse_args(arguments)
    try:
        with running(Box(options.state), port=options.port, host=options.host) as server:
            sys.stdout.write(f"Outbox on {server.url} (simulation, nothing is sent)\n")
            sys.stdout.flush()
            wait_for_signal()
    except (CannotServe, OSError, ValueError) as error:
        sys.stderr.write(f"outbox: {error}\n")
        return 1
    return 0
