"""Is money quick, and is it right when a thousand people reach for it at once?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from bench.at_once import all_at_once
from bench.earners import browser, compensate, earn, joined, money, payable
from bench.figures import Figure, measure
from bench.measures.handover import handover_figures
from bench.measures.ledger import ledger
from bench.tenants import opening, owner
from kernel.actor import Actor, Role
from kernel.edge import working_for
from payments.actions.cash_out import cash_out
from payments.models import Balance, Entry, Posting
from tenants.tenancy.actions.change_setting import change_setting
from tenants.tenancy.actions.open_tenant import open_tenant
from tenants.tenancy.models import Tenant

COMMAND = "bin/bench money"
REQUESTS, FUNDED, EACH, THREADS = 1_000, 100, 1_000, 32
ROUNDS = 5
FEW, MANY = 5, 5_000  # Postings on a worker's accounts; a job makes four.
MANY_JOBS = 200


@measure("money")
def money_figures() -> Iterator[Figure]:
    """Posting, a thousand cash-outs at once, one key a thousand times, a long wallet, hand-over."""
    for figure in ledger():
        yield replace(figure, command=COMMAND)
    tenant = open_tenant(opening=opening(900, niche="beauty"), owner=owner())
    with working_for(tenant.pk), override_settings(PAYMENTS_PROVIDER="fake"):
        yield from _at_once(tenant)
        yield from _page(tenant)
    for figure in handover_figures():
        yield replace(figure, command=COMMAND)


def _figure(name: str, value: float, unit: str, goal: float | None, n: int) -> Figure:
    better: Literal["higher", "lower"] = "lower"
    return Figure(name=name, value=value, unit=unit, goal=goal, better=better, n=n, command=COMMAND)


def _at_once(tenant: Tenant) -> Iterator[Figure]:
    boss, customer = joined("boss", Role.OWNER), joined("customer", Role.CUSTOMER)
    values = {"open_at_once": 100, "per_day": 100}
    change_setting(by=boss, group="payments.cash_out", values=values)
    wrong, repeated, deadlocks = 0, 0, 0
    for number in range(ROUNDS):
        worker = joined(f"worker{number}", Role.WORKER)
        payable(worker)
        earn(worker, customer, minor=EACH * FUNDED)
        answers = all_at_once(
            tenant, [_request(worker, f"{number}:{each}") for each in range(REQUESTS)]
        )
        wrong += abs(answers["taken"] - FUNDED)
        deadlocks += answers["deadlock"]
        same = joined(f"again{number}", Role.WORKER)
        payable(same)
        earn(same, customer, minor=EACH * FUNDED)
        answers = all_at_once(tenant, [_request(same, f"same:{number}")] * REQUESTS)
        repeated += abs(_entries(same) - 1)
        deadlocks += answers["deadlock"]
    asked = ROUNDS * REQUESTS
    yield _figure(f"{REQUESTS:,} cash-outs, funds for {FUNDED}: off by", wrong, "count", 0, asked)
    yield _figure(f"one key {REQUESTS:,} times: entries off by", repeated, "count", 0, asked)
    yield _figure("deadlocks in both", deadlocks, "count", 0, 2 * asked)
    yield _figure("balances that differ from their postings", _drift(), "count", 0, asked)


def _request(worker: Actor, key: str) -> Callable[[], object]:
    return lambda: cash_out(by=worker, amount=money(EACH), option="free", key=key)


def _entries(worker: Actor) -> int:
    assert worker.member_id is not None
    made = Entry.objects.filter(
        kind="cashout.requested", postings__account__owner_id=worker.member_id
    )
    return made.distinct().count()


def _drift() -> int:
    sums = dict(
        Posting.objects.filter(account__strict=True)
        .values_list("account_id")
        .annotate(total=Sum("amount"))
    )
    return sum(
        row.balance != row.normal * sums.get(row.account_id, 0) for row in Balance.objects.all()
    )


def _page(tenant: Tenant) -> Iterator[Figure]:
    """Open the wallet of a worker with five postings, and of one with five thousand."""
    host = f"{tenant.slug}.{settings.PLATFORM_DOMAIN}"
    customer = joined("customer", Role.CUSTOMER)
    asked = []
    for name, jobs, postings in (("few", 1, FEW), ("many", MANY_JOBS, MANY)):
        worker = joined(name, Role.WORKER)
        payable(worker)
        earn(worker, customer, minor=EACH, tip=100, jobs=jobs)
        compensate(worker, times=postings - 4 * jobs)
        asked.append(_queries(name, host))
    assert worker.member_id is not None
    many = Posting.objects.filter(account__owner_id=worker.member_id).count()
    name = f"money page, queries at {many:,} postings beyond those at {FEW}"
    yield _figure(name, asked[1] - asked[0], "queries", 0, 1)
    yield _figure("money page, queries", asked[1], "queries", None, 1)


def _queries(name: str, host: str) -> int:
    client = browser(name, host)
    client.get("/wallet/")  # Whatever is remembered after the first time.
    with CaptureQueriesContext(connection) as seen:
        answer = client.get("/wallet/")
    if answer.status_code != 200:
        raise SystemExit(f"The money page answers {answer.status_code}.")
    return len(seen)
