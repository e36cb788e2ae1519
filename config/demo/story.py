"""Tells the story of the demo, by the product's own actions, day after day."""

import json
import urllib.request
from datetime import datetime, timedelta
from functools import partial
from typing import NoReturn, TextIO

from django.conf import settings
from tqdm import tqdm

from config.celery import app
from config.demo.jobs import describe_a_job
from config.demo.life import Life
from config.demo.opening import (
    Stage,
    bring_customer,
    hire,
    let_one_be_paid_in_cash,
    open_marketplace,
)
from config.demo.opinions import Opinions
from config.demo.outside import Sandbox
from config.demo.people import BUSINESSES, email_of
from config.demo.second_factor import app_secret_of
from config.demo.services import STATE
from config.demo.stopping import stop_if_asked
from config.demo.timeline import Timeline
from kernel import clock, outbox
from tenants.tenancy.queries import all_tenants

TOLD = STATE / "told"
BEFORE_OPENING_DAYS = 2
OFFICE = ("owner", "moderator")
# No count of days: the two before the opening would make it another number than was asked for.
BAR = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}, about {remaining} to go"


def is_told() -> bool:
    """Tell whether the whole story is in the database."""
    return TOLD.exists() and all_tenants().count() >= len(BUSINESSES)


def is_half_told() -> bool:
    """Tell whether a telling was broken off."""
    return not TOLD.exists() and all_tenants().exists()


def tell(*, stripe_url: str, days: int, out: TextIO) -> None:
    """Open two marketplaces and let them live for some days, up to this moment."""
    app.conf.task_always_eager = True
    app.conf.task_eager_propagates = True
    settings.STRIPE_API_BASE = stripe_url
    sandbox, now = Sandbox(stripe_url), clock.now()
    begin = now - timedelta(days=days + BEFORE_OPENING_DAYS)
    sandbox.begin_at(begin)
    timeline = Timeline(sandbox)
    whole = days + BEFORE_OPENING_DAYS
    with tqdm(total=whole, desc=f"Telling {days} days", bar_format=BAR, file=out) as bar:
        for business in BUSINESSES:
            with clock.travelling_to(begin):
                stage = open_marketplace(business)
                outbox.drain()
            _fill(stage, timeline, sandbox, begin=begin, days=days)
        timeline.run(until=now, seen=lambda moment: _show(bar, moment - begin))
    sandbox.go_live()
    TOLD.write_text(now.isoformat())


def introduce(outbox_url: str) -> None:
    """Show on the dev outbox who can sign in, as whom."""
    accounts = [
        {
            "tenant": business.opening.name,
            "who": who,
            "login": email_of(name),
            "totp_secret": app_secret_of(name) if who in OFFICE else "",
        }
        for business in BUSINESSES
        for who, name in (
            ("owner", business.owner),
            ("moderator", business.moderator),
            ("worker", business.workers[0]),
            ("customer", business.customers[0]),
        )
    ]
    body = json.dumps(accounts).encode()
    request = urllib.request.Request(f"{outbox_url}/accounts", data=body, method="POST")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=10):
        pass


def _fill(
    stage: Stage, timeline: Timeline, sandbox: Sandbox, *, begin: datetime, days: int
) -> None:
    """Plan the first two days, in which people arrive, and all that follow."""
    tenant_id = stage.tenant.pk
    timeline.at(
        begin + timedelta(hours=1), partial(let_one_be_paid_in_cash, stage), tenant_id=tenant_id
    )
    for number, name in enumerate(stage.business.workers):
        moment = begin + timedelta(hours=2 + number)
        timeline.at(
            moment,
            partial(hire, stage, name, number, sandbox),
            tenant_id=tenant_id,
        )
    for number, name in enumerate(stage.business.customers):
        moment = begin + timedelta(hours=20, minutes=20 * number)
        timeline.at(
            moment,
            partial(bring_customer, stage, name, number),
            tenant_id=tenant_id,
        )
    opened = begin + timedelta(days=BEFORE_OPENING_DAYS)

    def live() -> None:
        life = Life(stage, timeline, sandbox)
        Opinions(life, days=days).plan()
        life.plan(opened, days)
        describe_a_job(life, opened + timedelta(days=days))

    timeline.at(opened, live, tenant_id=tenant_id)


def _show(bar: "tqdm[NoReturn]", passed: timedelta) -> None:
    stop_if_asked()
    told = round(passed / timedelta(days=1), 2)
    if told > bar.n:
        bar.update(told - bar.n)
