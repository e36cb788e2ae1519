"""Each message from Stripe that nobody needs costs a request: we subscribe to the others."""

import re
from pathlib import Path

from django.core.management import call_command

from payments.providers.stripe.events import ACCOUNT_EVENTS, PLATFORM_EVENTS
from simulators.stripe.cli import engine_for, parser

SANDBOX = Path("simulators/stripe")
# We did it ourselves and the answer said so, or it is nothing of ours.
NO_NEWS = {
    "customer.created",
    "payment_intent.created",
    "payment_method.attached",
    "payment_method.detached",
    "payout.created",
    "payout.reconciliation_completed",
    "transfer.created",
}


def test_of_all_that_the_sandbox_tells_we_hear_everything_but_what_we_know():
    told = set()
    for source in SANDBOX.rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        told |= set(re.findall(r'emit\(\s*world, "([a-z_.]+)"', text))
    heard = set(PLATFORM_EVENTS) | set(ACCOUNT_EVENTS)
    assert len(told) == 47
    assert told - heard == NO_NEWS


def test_the_demo_s_endpoints_subscribe_to_them(capsys):
    where = "http://localhost:1/webhooks/stripe/main"
    platform, connect = ",".join(PLATFORM_EVENTS), ",".join(ACCOUNT_EVENTS)
    words = ["--webhook-url", f"{where}/platform", "--events", platform]
    words += ["--connect-webhook-url", f"{where}/connect", "--connect-events", connect]
    engine = engine_for(parser().parse_args(words))

    endpoints = engine.world.family("webhook_endpoints").values()
    assert {each["_connect"]: each["enabled_events"] for each in endpoints} == {
        False: list(PLATFORM_EVENTS),
        True: list(ACCOUNT_EVENTS),
    }
    call_command("stripe_events")
    assert capsys.readouterr().out.splitlines() == [
        f"/webhooks/stripe/main/platform\t{platform}",
        f"/webhooks/stripe/main/connect\t{connect}",
    ]
