"""How long from a worker's tap to the provider, through web server, outbox and worker?"""

import http.client
import json
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from statistics import median, quantiles
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.test import Client

from bench.earners import CURRENCY, browser, charge, do_job, joined
from bench.figures import Figure, measure
from bench.live import Live, live, wait_until
from bench.tenants import opening, owner
from kernel import clock
from kernel.actor import Actor, Role
from kernel.edge import working_for
from payments.actions.onboard import onboarding_link
from payments.actions.open_page import open_page
from payments.models import Allocation, Payee, Payment, Payout
from payments.rules.blocks import PriceBlocks
from reviews.access import COOKIE as DEVICE_COOKIE
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.actions.open_tenant import open_tenant

COMMAND = "bin/bench handover"
WORKERS, A_SECOND, SECONDS, ROUNDS = 40, 20, 10, 5
WARM_UP = 40
EACH = 1_000
SENDERS = 24


@dataclass(frozen=True, slots=True)
class Earner:
    """A worker with money, and the session of the worker's browser."""

    actor: Actor
    session: str


@measure("handover")
def handover_figures() -> Iterator[Figure]:
    """Cash-outs at a steady rate, each timed from its request to the provider's answer."""
    tenant = open_tenant(opening=opening(901, niche="beauty"), owner=owner())
    with working_for(tenant.pk), live() as house:
        host = f"{tenant.slug}.{settings.PLATFORM_DOMAIN}:{house.ports.web}"
        earners = _earners(house, host)
        _round(house, host, earners, WARM_UP)
        waits = [_round(house, host, earners, A_SECOND * SECONDS) for _ in range(ROUNDS)]
    total = ROUNDS * A_SECOND * SECONDS
    middle = median(median(each) for each in waits)
    late = median(quantiles(each, n=100)[98] for each in waits)
    at = f"cash-out to provider at {A_SECOND}/s"
    yield _figure(f"{at}, p50", middle, 1.0, total)
    yield _figure(f"{at}, p99", late, 3.0, total)


def _figure(name: str, value: float, goal: float, n: int) -> Figure:
    better: Literal["lower"] = "lower"
    return Figure(name=name, value=value, unit="s", goal=goal, better=better, n=n, command=COMMAND)


def _earners(house: Live, host: str) -> list[Earner]:
    """Let workers open payout accounts, do one big job each and be paid, all on the sandbox."""
    boss, customer = joined("boss", Role.OWNER), joined("customer", Role.CUSTOMER)
    limits = {"open_at_once": 100, "per_day": 100}
    change_setting(by=boss, group="payments.cash_out", values=limits)
    workers = [joined(f"earner{number}", Role.WORKER) for number in range(WORKERS)]
    for worker in workers:
        onboarding_link(by=worker)
        payee = Payee.objects.get(member_id=worker.member_id)
        house.sandbox(f"/onboarding/{payee.account_ref}", outcome="complete")
    wait_until(lambda: Payee.objects.filter(state="active").count() == WORKERS, so_that="accounts")
    Payee.objects.update(destination_at=clock.now() - timedelta(days=9))
    paid = [(worker, _pay(house, customer)) for worker in workers]
    done = Payment.objects.filter(pk__in=[payment for _, payment in paid], state="captured")
    wait_until(lambda: done.count() == WORKERS, so_that="payments")
    for worker, payment in paid:
        _work(worker, payment)
    moved = Allocation.objects.filter(state=Allocation.SENT)
    wait_until(lambda: moved.count() == WORKERS, so_that="transfers to the workers")
    return [Earner(worker, _session(f"earner{n}", host)) for n, worker in enumerate(workers)]


def _pay(house: Live, customer: Actor) -> UUID:
    minor = 2 * EACH * ROUNDS * A_SECOND * SECONDS // WORKERS
    payment = charge(customer, PriceBlocks.of(CURRENCY, worker=minor))
    open_page(by=customer, payment_id=payment.pk)
    payment.refresh_from_db()
    house.sandbox(f"/sessions/{payment.page_ref}/pay", card="visa")
    return payment.pk


@transaction.atomic
def _work(worker: Actor, payment_id: UUID) -> None:
    payment = Payment.objects.get(pk=payment_id)
    do_job(worker, payment, PriceBlocks.of(CURRENCY, worker=payment.amount_minor))


def _session(name: str, host: str) -> str:
    client: Client = browser(name, host)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _round(house: Live, host: str, earners: list[Earner], count: int) -> list[float]:
    """Ask at a steady rate, wait until all are at the provider, and return how long each took.

    A request counts from when it was due, so a slow answer cannot hold back the next ones.
    """
    begin = time.time() + 0.5

    def ask(number: int) -> tuple[str, float]:
        due = begin + number / A_SECOND
        time.sleep(max(0.0, due - time.time()))
        return _ask(house.ports.web, host, earners[number % len(earners)].session), due

    with ThreadPoolExecutor(SENDERS) as pool:
        asked = dict(pool.map(ask, range(count)))
    sent = Payout.objects.filter(pk__in=list(asked), submitted_at__isnull=False)
    wait_until(lambda: sent.count() == count, so_that="payouts at the provider")
    return [
        (submitted - datetime.fromtimestamp(asked[str(payout_id)], UTC)).total_seconds()
        for payout_id, submitted in sent.values_list("pk", "submitted_at")
        if submitted is not None
    ]


def _ask(port: int, host: str, session: str) -> str:
    token = secrets.token_hex(16)
    cookies = {
        settings.SESSION_COOKIE_NAME: session,
        settings.CSRF_COOKIE_NAME: token,
        DEVICE_COOKIE: sha256(session.encode()).hexdigest()[:32],
    }
    headers = {
        "Host": host,
        "Content-Type": "application/json",
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "X-CSRFToken": token,
        "Idempotency-Key": secrets.token_hex(16),
    }
    calling = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps({"amount_minor": EACH, "option": "free"})
    calling.request("POST", "/api/v1/workers/me/cashouts", body, headers)
    answer = calling.getresponse()
    text = answer.read().decode()
    calling.close()
    if answer.status != 201:
        raise SystemExit(f"A cash-out was answered {answer.status}: {text}")
    return str(json.loads(text)["id"])
