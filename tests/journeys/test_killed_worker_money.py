"""The power goes out while money is on its way to banks: it arrives once, and is told once."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from threading import Event, Lock
from typing import NamedTuple

import pytest
from django.db.models import Sum

from kernel import clock
from kernel.actor import Actor, Role
from kernel.models import OutboxEvent
from payments.actions.cash_out import cash_out
from payments.models import Balance, Entry, Payout, Posting, ProviderCall
from payments.queries import wallet_of
from payments.rules.blocks import PriceBlocks
from payments.rules.entries import cashout_ref
from simulators.outbox.server import running
from simulators.stripe import webhooks
from simulators.stripe.engine import Answer, Engine
from tenants.messaging.models import Delivery, Notification
from tests.journeys.workers import (
    CountingBox,
    eventually,
    kill,
    purge_queues,
    the_leases_run_out,
    worker,
)
from tests.support.sandbox import StripeSandbox
from tests.support.worlds import joins
from tests.support.worlds_money import done, member_id, mxn, owes

WORKERS = 6
ANSWERED = 2  # So many requests are answered before the power goes out…
IN_THE_DARK = 2  # …and so many, one per process of the worker, were made and not answered yet.
TAKEN = 10_000
PATIENCE_SECONDS = 40


class Earner(NamedTuple):
    """A worker, and what stays in the wallet after the cash-out."""

    actor: Actor
    stays: int


class Gate:
    """Stripe, slow: what is asked of it after the first requests of a kind waits at a gate."""

    def __init__(self, engine: Engine, kind: str) -> None:
        self._kind = kind
        self._request = engine.request
        self._asking = Lock()
        self._opened = Event()
        self._asked = 0

    def request(self, method: str, path: str, text: str, headers: dict[str, str]) -> Answer:
        """Answer as the sandbox does, but not at once."""
        if f"{method} {path}".startswith(self._kind):
            with self._asking:
                self._asked += 1
                waits = self._asked > ANSWERED
            if waits:
                self._opened.wait(PATIENCE_SECONDS)
        return self._request(method, path, text, headers)

    def holds_all(self) -> bool:
        """Tell whether every process of the worker waits at the gate."""
        return self._asked == ANSWERED + IN_THE_DARK

    def open(self) -> None:
        """Let everything through that waits, and whatever comes."""
        self._opened.set()


@pytest.fixture
def earners(patitas, clara, request) -> list[Earner]:
    """Six workers earned money ten days ago; more than twice what each will take has settled."""
    with clock.travelling_to(clock.now() - timedelta(days=10)):
        sandbox = request.getfixturevalue("stripe_sandbox")
        found = [earns_more(sandbox, clara, number) for number in range(WORKERS)]
        sandbox.deliver()
    sandbox.engine.advance(int(clock.now().timestamp()))
    sandbox.deliver()
    return found


def earns_more(sandbox: StripeSandbox, payer: Actor, number: int) -> Earner:
    """Let one more worker join, open a payout account, and do one job that was paid by card."""
    actor = joins(f"worker{number}", Role.WORKER)
    sandbox.onboards(actor)
    stays = 15_000 + 1_000 * number
    blocks = PriceBlocks.of("MXN", worker=TAKEN + stays)
    done(sandbox.pays(payer, owes(payer, blocks=blocks)), actor, blocks=blocks)
    return Earner(actor, stays)


@pytest.fixture
def gated(stripe_sandbox, monkeypatch):
    """Put a gate before requests of a kind."""

    def put(kind: str) -> Gate:
        gate = Gate(stripe_sandbox.engine, kind)
        monkeypatch.setattr(stripe_sandbox.engine, "request", gate.request)
        return gate

    return put


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(150)
def test_a_worker_killed_twice_pays_everybody_once(earners, stripe_sandbox, gated, tmp_path):
    purge_queues()
    before, box = kinds_of_entries(), CountingBox()
    payouts = [cashes_out(each) for each in earners]
    with running(box) as outbox:
        ours = Power(tmp_path, outbox.url, stripe_sandbox.url)
        ours.fails_at(gated("POST /v1/payouts"))
        ours.until(lambda: len(stripe_sandbox.rows("payouts")) == ANSWERED + IN_THE_DARK)
        unheard = ProviderCall.objects.filter(purpose="payout", state="sent")
        assert unheard.count() == IN_THE_DARK
        assert states() == {"submitted": ANSWERED, "requested": WORKERS - ANSWERED}

        with ours.on():
            ours.until(lambda: states() == {"submitted": WORKERS})
        arrives_and_is_told_twice(stripe_sandbox)
        ours.fails_at(gated("GET /v1/payouts/"))
        assert 1 <= states()["paid"] <= ANSWERED

        with ours.on():
            ours.until(lambda: states() == {"paid": WORKERS} and nothing_waits())

    everything_was_sent_once(stripe_sandbox)
    assert kinds_of_entries() - before == {"cashout.requested": WORKERS, "cashout.paid": WORKERS}
    assert all(is_booked_once(payout) for payout in payouts)
    wallets = [wallet_of(each.actor) for each in earners]
    assert [each.available for each in wallets] == [mxn(each.stays) for each in earners]
    assert {each.in_transit for each in wallets} == {mxn(0)}
    assert Posting.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    assert no_drift()
    everybody_was_told_once(earners, box)
    purge_queues()


@dataclass
class Power:
    """What a worker process lives on, in one house with Stripe and an outbox."""

    tmp_path: Path
    outbox_url: str
    stripe_url: str

    def on(self) -> AbstractContextManager[Popen[bytes]]:
        """Start a worker after all leases ran out."""
        the_leases_run_out()
        return worker(
            self.tmp_path,
            outbox_url=self.outbox_url,
            PAYMENTS_PROVIDER="stripe",
            STRIPE_API_BASE=self.stripe_url,
        )

    def fails_at(self, gate: Gate) -> None:
        """Run a worker until all its processes wait at a gate; kill it, and then open the gate."""
        with self.on() as process:
            self.until(gate.holds_all)
            kill(process)
        gate.open()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true."""
        eventually(true, log=self.tmp_path / "worker.log", patience=PATIENCE_SECONDS)


def cashes_out(earner: Earner) -> Payout:
    """Let a worker take money out."""
    key = f"cash-out:{member_id(earner.actor)}"
    return cash_out(by=earner.actor, amount=mxn(TAKEN), option="free", key=key)


def states() -> Counter[str]:
    """Return how many cash-outs are how far."""
    return Counter(Payout.objects.values_list("state", flat=True))


def kinds_of_entries() -> Counter[str]:
    """Return how many entries of each kind the ledger has."""
    return Counter(Entry.objects.values_list("kind", flat=True))


def is_booked_once(payout: Payout) -> bool:
    """Tell whether the ledger has one request and one payment of a cash-out, and nothing else."""
    booked = Entry.objects.filter(ref=cashout_ref(payout.pk)).order_by("posted_at")
    return list(booked.values_list("kind", flat=True)) == ["cashout.requested", "cashout.paid"]


def everything_was_sent_once(sandbox: StripeSandbox) -> None:
    """Make sure that Stripe made one payout per worker, and each arrived."""
    rows = sandbox.rows("payouts")
    assert [(row["amount"], row["status"]) for row in rows] == [(TAKEN, "paid")] * WORKERS
    assert len({row["_owner"] for row in rows}) == WORKERS


def no_drift() -> bool:
    """Tell whether every balance equals its postings."""
    sums = dict(Posting.objects.values_list("account_id").annotate(sum=Sum("amount")))
    return all(row.balance == row.normal * sums[row.account_id] for row in Balance.objects.all())


def arrives_and_is_told_twice(sandbox: StripeSandbox) -> None:
    """Let days pass at Stripe; bring what it has to tell to our door, each message twice."""
    sandbox.engine.advance(int((clock.now() + timedelta(days=5)).timestamp()))
    for delivery in list(webhooks.pending(sandbox.engine.world)):
        assert (sandbox.bring(delivery), sandbox.bring(delivery)) == (200, 200)
        webhooks.delivered(sandbox.engine.world, [delivery["id"]])


def nothing_waits() -> bool:
    """Tell whether everything was heard and everybody was told."""
    return not (
        Notification.objects.filter(finished_at__isnull=True).exists()
        or OutboxEvent.objects.filter(delivered_at__isnull=True).exists()
    )


def everybody_was_told_once(earners: list[Earner], box: CountingBox) -> None:
    """Make sure that each worker got one message that the money arrived, and no other."""
    told = Notification.objects.filter(notice="payments.payout_paid")
    everybody = sorted(member_id(each.actor) for each in earners)
    assert sorted(told.values_list("to_id", flat=True)) == everybody
    deliveries = Delivery.objects.filter(notification__in=told)
    assert sorted(deliveries.values_list("state", flat=True)) == ["sent"] * WORKERS
    assert box.posts == {str(each.pk): 1 for each in deliveries}
