"""The world in which money has its random lives: a business, its people, Stripe, a worker process.

It is made once, with a few good days behind it; every life begins there, and is undone at its end.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import stripe
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.test import override_settings

from kernel import clock, outbox, timers
from kernel.actor import Actor, Role
from kernel.background import TenantTask
from kernel.context import HOUSE, tenant_or_none
from kernel.edge import working_for
from kernel.models import Timer
from payments.actions.catch_up import catch_up, hear_what_was_missed
from payments.actions.grant import grant
from payments.models import PERMISSIONS, Payment, ProviderCall, ProviderEvent
from payments.providers.base import NoAnswer
from payments.providers.stripe import client as stripe_client
from payments.rules.blocks import PriceBlocks
from simulators.stripe import control, webhooks
from simulators.stripe.engine import Engine
from simulators.stripe.resources.endpoints import add_endpoint
from simulators.stripe.state import State
from tests.support.money.dying import Fate, Killed, Line, mortal
from tests.support.sandbox import WEBHOOKS, StripeSandbox
from tests.support.worlds import PATITAS, joins, open_tenant, person

MXN = "MXN"
LOOK = "payments.refresh_object"  # Again, where the provider was silent.
UNSURE = ("prepared", "sent", "unknown")
# What endpoints are told: something of each thing. (Tests of webhooks send the rest.)
TOLD = (
    *("checkout.session.completed", "checkout.session.async_payment_succeeded"),
    *("checkout.session.async_payment_failed", "checkout.session.expired"),
    *("payment_intent.succeeded", "payment_intent.amount_capturable_updated"),
    *("payment_intent.payment_failed", "payment_intent.canceled", "payment_intent.processing"),
    *("charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"),
    *("radar.early_fraud_warning.created", "refund.updated", "refund.failed"),
    *("payout.paid", "payout.failed", "account.updated", "balance.available"),
)
# Words to people and papers: as slow as all the rest together, and no money moves in them.
SPARED = ("tenants.messaging.tasks.deliver_notification", "payments.tasks.issue_statements")
AT_MOST_TASKS = 2_000  # At once; more is a loop.
Task = tuple[Any, dict[str, Any], int | None]


@dataclass(frozen=True, slots=True)
class Job:
    """What was agreed about a payment: its parts, and who does the work."""

    payment_id: UUID
    reference: str
    blocks: PriceBlocks
    worker: Actor


@contextmanager
def rolled_back() -> Iterator[None]:
    """Let nothing that happens here last."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class World:
    """One business, two workers, a customer, their provider, and what waits to be done."""

    happened: Counter[str] = field(default_factory=Counter)
    jobs: dict[UUID, Job] = field(default_factory=dict)
    waiting: list[Task] = field(default_factory=list)
    leased: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = Engine(seed=7, now=int(clock.now().timestamp()))
        self.engine.state.switches["delivery"] = "pull"
        self.fate = Fate(self.happened)
        self.line = Line(self.engine, self.fate)
        self.stripe = StripeSandbox(self.engine, "")
        self.scope, self.travel, self.life = ExitStack(), ExitStack(), ExitStack()

    @contextmanager
    def open(self) -> Iterator["World"]:
        """Open the business, and undo all of it at the end."""
        spoken = stripe.StripeClient("sk_test_x", max_network_retries=0, http_client=self.line)
        with self.scope:
            enter = self.scope.enter_context
            enter(rolled_back())
            enter(patch.object(stripe_client, "_client", lambda *_: spoken))
            enter(patch.object(timers, "_postpone", self._postpone))
            enter(override_settings(PAYMENTS_PROVIDER="stripe"))
            enter(
                patch.object(TenantTask, "apply_async", lambda *all_, **by: self._keep(*all_, **by))
            )
            self.scope.callback(lambda: self.travel.close())
            self._travel(clock.now())
            enter(working_for(open_tenant(opening=PATITAS, owner=person("olga")).pk))
            self._invite()
            yield self

    def _invite(self) -> None:
        for name in ("platform", "connect"):
            secret, url = settings.STRIPE_WEBHOOK_SECRETS[name], f"{WEBHOOKS}/{name}"
            add_endpoint(
                self.engine.world,
                url,
                secret=secret,
                connect=name == "connect",
                enabled_events=list(TOLD),
            )
        self.checker = joins("berta", Role.OWNER)
        self.owner, self.staff = joins("olga", Role.OWNER), joins("mora", Role.STAFF)
        self.customer = joins("clara", Role.CUSTOMER)
        self.workers = [joins("ana", Role.WORKER), joins("beto", Role.WORKER)]
        assert self.staff.member_id is not None
        grant(by=self.owner, member_id=self.staff.member_id, permissions=PERMISSIONS)

    # Lives.

    def remember(self) -> None:
        """Let lives begin as things are now."""
        assert not [*self.waiting, *self.leased]
        self._memory = (self.engine.state.to_json(), clock.now(), dict(self.jobs))

    def begin(self) -> None:
        """Begin a life where all of them begin."""
        state, at, jobs = self._memory
        self.engine._remember(State.from_json(state))
        self.jobs = dict(jobs)
        self.waiting.clear()
        self.leased.clear()
        self._travel(at)
        self.life.enter_context(rolled_back())

    def end(self) -> None:
        """Undo a life."""
        self.life.close()

    # Time, and the provider's controls.

    def _travel(self, moment: datetime) -> None:
        self.travel.close()
        self.travel.enter_context(clock.travelling_to(moment))

    def lets_pass(self, time: timedelta) -> None:
        """Let time go by, here, at Stripe, and for the keys that it remembers."""
        moment = clock.now() + time
        ProviderCall.objects.update(first_sent_at=F("first_sent_at") - time)
        self._travel(moment)
        self.engine.advance(int(moment.timestamp()))

    def control(self, path: str, method: str = "POST", **wish: Any) -> bool:
        """Use the sandbox's control API; tell whether it did what was wished for."""
        status, _ = control.handle(self.engine, method, f"/control{path}", json.dumps(wish))
        return status == 200

    def rows(self, family: str) -> list[dict[str, Any]]:
        """Return what the sandbox keeps of a kind, oldest first."""
        return list(self.engine.world.family(family).values())

    # Messages.

    def brings(self, luck: Random, *, ill: float = 0.0, shuffled: bool = False) -> None:
        """Bring what Stripe has to tell: some of it in another order, twice, later, or never."""
        due = webhooks.pending(self.engine.world)
        if shuffled and len(due) > 1:
            luck.shuffle(due)
            self.happened["webhooks reordered"] += 1
        for delivery in due:
            fate = luck.choice(("lost", "late", "repeated")) if luck.random() < ill else ""
            if fate:
                self.happened[f"webhook {fate}"] += 1
            if fate == "lost":
                self.engine.state.deliveries.remove(delivery)
            elif fate != "late":
                for _ in range(3 if fate else 1):
                    assert self.stripe.bring(delivery) == 200
                webhooks.delivered(self.engine.world, [delivery["id"]])

    # The worker process.

    def _keep(self, task: Any, args: Any = None, kwargs: Any = None, **options: Any) -> None:
        if task.name in SPARED:
            return
        headers = options.get("headers") or {}
        self.waiting.append((task, dict(kwargs or {}), headers.get("tenant", tenant_or_none())))

    def _postpone(self, timer_id: UUID, error: Exception) -> None:
        """A timer may be refused; the database has no reason to object to what it does."""
        if isinstance(error, DatabaseError):
            raise error
        self.happened[f"timer refused: {getattr(error, 'code', error)}"] += 1
        self._really_postpone(timer_id, error)

    _really_postpone = staticmethod(timers._postpone)

    def works(self, luck: Random, *, twice: bool = False) -> None:
        """Run events, timers and tasks, in any order, until nothing is left that can be done."""
        done = 0
        while True:
            self._events()
            self._timers()
            if not self.waiting and not self.leased:
                return
            for task in luck.sample(self.waiting, len(self.waiting)):
                done += 1
                assert done < AT_MOST_TASKS, f"it never ends: {task}"
                self._task(task, times=2 if twice else 1)

    def works_and_dies(self, luck: Random, *, points: int, at: str = "") -> None:
        """Do as much, but end at a point of that number; the next process does it again."""
        try:
            with mortal(self.fate, points=points, at=at):
                self.works(luck)
        except Killed:
            return

    def _events(self) -> None:
        self.leased += outbox.claim()
        while self.leased:
            tenant_id, event_id = self.leased[0]
            with working_for(tenant_id):
                outbox.deliver(event_id)
            del self.leased[0]
            if not self.leased:
                self.leased += outbox.claim()

    def _timers(self) -> None:
        for tenant_id, timer_id in timers.claim_due(clock.now()):
            with working_for(tenant_id):
                timers.run(timer_id)

    def _task(self, task: Task, *, times: int) -> None:
        work, given, tenant_id = task
        for _ in range(times):
            with working_for(tenant_id):
                work.run(**given)
        self.waiting.remove(task)

    # Rest.

    def rests(self) -> bool:
        """Let no more go wrong until everything is answered; tell whether all of it is known."""
        calm = Random(0)
        self.control("/faults", method="DELETE")
        for _ in range(13):
            self.brings(calm)
            self.works(calm)
            if not self._unsure() and not webhooks.pending(self.engine.world):
                break
            self.lets_pass(timedelta(hours=2))
        with working_for(HOUSE):
            hear_what_was_missed(provider="stripe", within=timedelta(days=30))
        self.works(calm)
        catch_up()
        self.works(calm)
        return not self._unsure()

    def _unsure(self) -> bool:
        """Tell whether an answer is missing, or a message waits for its thing or a look."""
        with working_for(HOUSE):
            unheard = ProviderEvent.objects.filter(state__in=("new", "parked")).exists()
        unheard = unheard or Timer.objects.filter(name=LOOK, state=Timer.PENDING).exists()
        return unheard or ProviderCall.objects.filter(state__in=UNSURE).exists()

    def looks(self) -> None:
        """Look at everything under way, if Stripe answers."""
        try:
            catch_up()
        except NoAnswer:
            return

    def payments(self, *states: str, kind: str = "") -> list[Payment]:
        """Return payments by how far they are, oldest first."""
        rows = Payment.objects.filter(state__in=states)
        return list((rows.filter(kind=kind) if kind else rows).order_by("pk"))
