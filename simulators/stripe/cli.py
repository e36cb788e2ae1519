"""The sandbox's command line."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from simulators.loopback import CannotServe, wait_for_signal
from simulators.stripe.calendar import from_text
from simulators.stripe.engine import Engine
from simulators.stripe.resources.endpoints import add_endpoint
from simulators.stripe.server import running
from simulators.stripe.settings import Settings
from simulators.stripe.state import State


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until a signal ends it; 1 with one line of reason when it cannot."""
    options = parser().parse_args(arguments)
    try:
        engine = engine_for(options)
        with running(engine, port=options.port, host=options.host, state=options.state) as box:
            sys.stdout.write(f"Stripe sandbox on {box.url} (simulation, no real money)\n")
            sys.stdout.flush()
            wait_for_signal()
    except (CannotServe, OSError, ValueError) as error:
        sys.stderr.write(f"stripe sandbox: {error}\n")
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """All options of the command line."""
    options = argparse.ArgumentParser(
        prog="python -m simulators.stripe", description="A local Stripe, without real money."
    )
    add = options.add_argument
    add("--port", type=int, default=8098)
    add("--host", default="127.0.0.1", help="a loopback address")
    add("--seed", type=int, default=1, help="the same seed and calls give the same answers")
    add("--state", type=Path, help="keep the state in this file")
    add("--fresh", action="store_true", help="forget the state file's content")
    add("--now", type=from_text, help="where a new state's clock begins (ISO or seconds)")
    add("--clock", choices=("real", "manual"), default="real")
    add("--webhook-url", help="where the platform's events go")
    add("--webhook-secret", default="whsec_platform")
    add("--connect-webhook-url", help="where connected accounts' events go")
    add("--connect-webhook-secret", default="whsec_connect")
    add("--events", default="*", help="what goes to the platform's endpoint: types, with commas")
    add("--connect-events", default="*", help="what goes to the connected accounts' endpoint")
    add("--webhooks", choices=("push", "pull"), default="push")
    add("--return-origin", action="append", default=[], help="pages lead back to these only")
    add("--business-name", default="Oficio")
    add("--country", default="MX", help="the platform's country")
    add("--settles-after-days", type=int, default=2, help="0: card money is there at once")
    add("--payout-seconds", type=int, help="how long a payout takes instead of a working day")
    add("--voucher-seconds", type=int, help="how long a paid voucher takes to be known")
    add("--no-automatic-payouts", action="store_true")
    add("--uncovered-reversal", choices=("fail", "negative"), default="fail")
    return options


def engine_for(options: argparse.Namespace) -> Engine:
    """The engine that the options describe, with its state loaded."""
    settings = Settings(
        business_name=options.business_name,
        platform_country=options.country,
        settles_after_days=options.settles_after_days,
        payout_seconds=options.payout_seconds,
        voucher_seconds=options.voucher_seconds,
        automatic_payouts=not options.no_automatic_payouts,
        uncovered_reversal=options.uncovered_reversal,
        return_origins=tuple(options.return_origin),
    )
    state = None
    if options.state and options.state.exists() and not options.fresh:
        state = State.from_json(options.state.read_text(encoding="utf-8"))
    now = options.now or int(time.time())
    engine = Engine(seed=options.seed, now=now, settings=settings, state=state)
    engine.state.switches.update(clock=options.clock, delivery=options.webhooks)
    _set_endpoints(engine, options)
    return engine


def _set_endpoints(engine: Engine, options: argparse.Namespace) -> None:
    """The endpoints of the command line: made once, moved when the address changes."""
    wanted = {
        False: (options.webhook_url, options.webhook_secret, options.events),
        True: (
            options.connect_webhook_url,
            options.connect_webhook_secret,
            options.connect_events,
        ),
    }
    for connect, (url, secret, listed) in wanted.items():
        kinds = listed.split(",")
        if not url:
            continue
        for row in engine.world.family("webhook_endpoints").values():
            if row.get("_from_command_line") and row["_connect"] == connect:
                row.update(url=url, secret=secret, enabled_events=kinds)
                break
        else:
            row = add_endpoint(
                engine.world, url, secret=secret, connect=connect, enabled_events=kinds
            )
            row["_from_command_line"] = True
