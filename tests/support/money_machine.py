"""Random lives of a business's money: people, the provider, the worker process, and accidents.

Each step is something that can happen in any order: a booking, a payment, a refund, a cash-out, a
webhook that comes twice, late or never, a request whose answer is lost, a process that dies. After
each one the books must balance in every way they can be checked.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import stripe
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kernel import clock, outbox, timers
from kernel.actor import Role
from kernel.background import TenantTask
from kernel.context import HOUSE, tenant_or_none
from kernel.edge import working_for
from kernel.errors import Refusal
from kernel.money import Money
from payments.actions.accrue import accrue
from payments.actions.capture import capture
from payments.actions.cash_out import cash_out
from payments.actions.catch_up import catch_up, hear_what_was_missed
from payments.actions.credits import compensate_worker
from payments.actions.hold import open_hold, release_hold
from payments.actions.open_page import open_page
from payments.actions.refund import refund
from payments.actions.release import release
from payments.actions.tip import tip_afterwards
from payments.actions.void import void
from payments.models import Entry, Hold, Payment, ProviderCall
from payments.providers.base import NoAnswer
from payments.providers.stripe import client as stripe_client
from payments.queries import cash_out_quote
from payments.rules.blocks import PriceBlocks
from simulators.stripe import control, webhooks
from simulators.stripe.engine import Engine
from simulators.stripe.resources.endpoints import add_endpoint
from simulators.stripe.transport import EngineTransport
from tests.support.equations import as_the_provider_says, never_twice, our_own_books
from tests.support.sandbox import WEBHOOKS, StripeSandbox
from tests.support.worlds import PATITAS, joins, open_tenant, person
from tests.support.worlds_money import member_id, owes

MXN = "MXN"
UNSURE = ("prepared", "sent", "unknown")
FAULTS = ("timeout_before", "timeout_after", "500", "500_after", "429")
WHERE = ("POST", "payouts", "transfers", "refunds", "capture", "sessions", "GET")
some = st.integers(0, 999)


class Killed(BaseException):
    """The process ended here."""


class Line(EngineTransport):
    """The line to the sandbox; it may be cut, before or after a request, with who is on it."""

    cut = ""

    def request(self, method: str, *given: Any, **more: Any) -> Any:
        """Ask, unless the process dies first; it may die before it hears the answer."""
        cut, self.cut = (self.cut, "") if method == "post" else ("", self.cut)
        if cut == "before":
            raise Killed
        answer = super().request(method, *given, **more)
        if cut == "after":
            raise Killed
        return answer


@contextmanager
def rolled_back() -> Iterator[None]:
    """Let nothing that happens here last."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Lives(RuleBasedStateMachine):
    """One business, two workers, a customer, and everything that can happen to their money."""

    steps = 0
    lives = 0
    compared = 0
    written: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.scope, self.travel = ExitStack(), ExitStack()
        self.waiting: list[tuple[Any, dict[str, Any], int | None]] = []
        self.to_pay: list[Payment] = []
        self.authorised: list[Payment] = []
        self.paid: list[Payment] = []
        self.delivered: list[Payment] = []
        self.done: list[Payment] = []
        self.engine = Engine(seed=7, now=int(clock.now().timestamp()))
        self.line = Line(self.engine)
        self.stripe = StripeSandbox(self.engine, "")
        try:
            self._begin()
        except BaseException:
            self.scope.close()
            raise
        type(self).lives += 1

    def _begin(self) -> None:
        spoken = stripe.StripeClient("sk_test_x", max_network_retries=0, http_client=self.line)
        enter = self.scope.enter_context
        enter(rolled_back())
        enter(patch.object(stripe_client, "_client", lambda *_: spoken))
        enter(override_settings(PAYMENTS_PROVIDER="stripe"))
        enter(
            patch.object(
                TenantTask, "apply_async", lambda *given, **named: self._enqueue(*given, **named)
            )
        )
        self.scope.callback(lambda: self.travel.close())
        self._travel(clock.now())
        self.tenant = open_tenant(opening=PATITAS, owner=person("olga"))
        enter(working_for(self.tenant.pk))
        self.engine.state.switches["delivery"] = "pull"
        for name in ("platform", "connect"):
            secret = settings.STRIPE_WEBHOOK_SECRETS[name]
            add_endpoint(
                self.engine.world, f"{WEBHOOKS}/{name}", secret=secret, connect=name == "connect"
            )
        self.owner, self.customer = joins("olga", Role.OWNER), joins("clara", Role.CUSTOMER)
        self.workers = [joins("ana", Role.WORKER), joins("beto", Role.WORKER)]
        for worker in self.workers:
            self.stripe.onboards(worker)
        self._work(Random(0))
        self._pass(timedelta(hours=50))  # New bank accounts wait for two days.

    def _enqueue(self, task: Any, args: Any = None, kwargs: Any = None, **options: Any) -> None:
        headers = options.get("headers") or {}
        self.waiting.append((task, dict(kwargs or {}), headers.get("tenant", tenant_or_none())))

    def _travel(self, moment: Any) -> None:
        self.travel.close()
        self.travel = ExitStack()
        self.travel.enter_context(clock.travelling_to(moment))

    def teardown(self) -> None:
        """End the life: let everything come to rest, and compare with the provider."""
        try:
            self.it_comes_to_rest()
            type(self).written.update(Entry.objects.values_list("kind", flat=True))
        finally:
            self.scope.close()

    # People.

    @rule(
        worker=some,
        share=st.integers(1_000, 90_000),
        tip=st.one_of(st.just(0), st.integers(1, 20_000)),
        tenant=st.integers(0, 9_000),
        platform=st.integers(0, 900),
        processor=st.integers(0, 4_000),
        tax=st.integers(0, 2_000),
        by_hand=st.booleans(),
    )
    def somebody_books(self, worker: int, share: int, by_hand: bool, **parts: int) -> None:
        """A customer owes the price of a job."""
        blocks = PriceBlocks.of(MXN, worker=share, **parts)
        how = "manual" if by_hand else "automatic"
        payment = owes(self.customer, blocks=blocks, capture=how)
        payment.parts, payment.worker_is = blocks, self.workers[worker % 2]
        self.to_pay.append(payment)

    @precondition(lambda self: self.to_pay)
    @rule(which=some, card=st.sampled_from(["visa", "visa_b", "mastercard", "declined"]))
    def somebody_pays(self, which: int, card: str) -> None:
        """A customer pays on the provider's page, if it opens."""
        payment = self.to_pay[which % len(self.to_pay)]
        with self._accidents(Refusal):
            open_page(by=self.customer, payment_id=payment.pk)
        payment.refresh_from_db()
        self._control(f"/sessions/{payment.page_ref or 'none'}/pay", card=card)

    @precondition(lambda self: self.to_pay or self.authorised)
    @rule(which=some)
    def it_is_called_off(self, which: int) -> None:
        """The business changes its mind."""
        open_ones = [*self.to_pay, *self.authorised]
        with self._accidents(Refusal):
            void(by=self.owner, payment_id=open_ones[which % len(open_ones)].pk)

    @precondition(lambda self: self.authorised)
    @rule(which=some)
    def it_is_accepted(self, which: int) -> None:
        """The business takes an authorised payment."""
        with self._accidents(Refusal):
            capture(by=self.owner, payment_id=self.authorised[which % len(self.authorised)].pk)

    @precondition(lambda self: self.paid)
    @rule(which=some)
    def the_job_is_delivered(self, which: int) -> None:
        """The work is done."""
        payment = self.paid[which % len(self.paid)]
        with self._accidents(Refusal):
            accrue(
                reference=payment.reference,
                worker_member_id=member_id(payment.worker_is),
                payment_id=payment.pk,
                blocks=payment.parts,
                key=f"{payment.reference}:delivered",
            )
            self.paid.remove(payment)
            self.delivered.append(payment)

    @precondition(lambda self: self.delivered)
    @rule(which=some)
    def the_job_is_completed(self, which: int) -> None:
        """Nobody objected."""
        payment = self.delivered[which % len(self.delivered)]
        release(reference=payment.reference, key=f"{payment.reference}:completed")
        self.delivered.remove(payment)
        self.done.append(payment)

    @precondition(lambda self: self.paid or self.delivered or self.done)
    @rule(
        which=some,
        percent=st.integers(0, 100),
        with_tip=st.booleans(),
        fault=st.sampled_from(["none", "worker", "customer", "platform"]),
        in_error=st.booleans(),
    )
    def money_goes_back(
        self, which: int, percent: int, with_tip: bool, fault: str, in_error: bool
    ) -> None:
        """A customer gets money back, if there is as much."""
        captured = [*self.paid, *self.delivered, *self.done]
        payment = captured[which % len(captured)]
        with self._accidents(Refusal):
            refund(
                by=self.owner,
                payment_id=payment.pk,
                amount=Money(MXN, payment.amount_minor * percent // 100),
                tip=Money(MXN, payment.tip_minor if with_tip else 0),
                reason="asked",
                key=f"refund:{uuid4()}",
                fault=fault,
                finding="The photographs show it, and the worker says so too.",
                tip_in_error=in_error,
            )

    @precondition(lambda self: self.done)
    @rule(which=some, tip=st.integers(1_000, 9_000))
    def somebody_tips_later(self, which: int, tip: int) -> None:
        """A customer was pleased."""
        about = self.done[which % len(self.done)]
        with self._accidents(Refusal):
            payment = tip_afterwards(
                by=self.customer,
                payer_id=member_id(self.customer),
                reference=about.reference,
                worker_member_id=member_id(about.worker_is),
                amount=Money(MXN, tip),
                return_path="/",
                key=f"tip:{uuid4()}",
            )
            payment.parts, payment.worker_is = None, about.worker_is
            self.to_pay.append(payment)

    @rule(worker=some, percent=st.integers(1, 130), again=st.booleans())
    def a_worker_cashes_out(self, worker: int, percent: int, again: bool) -> None:
        """A worker takes a part of what may be taken, or tries to take more."""
        by = self.workers[worker % 2]
        allowed = cash_out_quote(by).allowed_minor
        wanted = Money(MXN, max(1, allowed * percent // 100))
        key = str(uuid4())
        for _ in range(2 if again else 1):
            with self._accidents(Refusal):
                cash_out(by=by, amount=wanted, option="free", key=key)
                assert wanted.minor <= allowed

    @rule(worker=some, minor=st.integers(1, 50_000), job=some)
    def money_is_held(self, worker: int, minor: int, job: int) -> None:
        """Somebody wants to look first."""
        jobs = [*self.delivered, *self.done]
        with self._accidents(Refusal):
            open_hold(
                member_id=member_id(self.workers[worker % 2]),
                amount=Money(MXN, minor),
                reason="review",
                until=clock.now() + timedelta(days=3),
                about=jobs[job % len(jobs)].reference if jobs else f"look:{uuid4()}",
            )

    @rule(which=some, percent=st.integers(1, 120))
    def a_hold_ends(self, which: int, percent: int) -> None:
        """It was nothing, or a part of it was."""
        holds = list(Hold.objects.filter(remaining_minor__gt=0).order_by("opened_at"))
        if holds:
            hold = holds[which % len(holds)]
            part = Money(MXN, max(1, hold.remaining_minor * percent // 100))
            with self._accidents(Refusal):
                release_hold(hold_id=hold.pk, amount=part)

    @rule(worker=some, minor=st.integers(1, 5_000))
    def a_worker_is_compensated(self, worker: int, minor: int) -> None:
        """The business makes good for something."""
        compensate_worker(
            by=self.owner,
            member_id=member_id(self.workers[worker % 2]),
            amount=Money(MXN, minor),
            reference=f"look:{uuid4()}",
            reason="The customer was not at home.",
            key=str(uuid4()),
        )

    # The provider, and the worker process.

    @rule(order=st.randoms(use_true_random=False), fate=st.lists(some, max_size=12))
    def messages_come(self, order: Random, fate: list[int]) -> None:
        """Webhooks arrive in any order; some twice, some not now, some never."""
        due = webhooks.pending(self.engine.world)
        order.shuffle(due)
        for place, delivery in enumerate(due):
            chance = fate[place % len(fate)] % 10 if fate else 9
            if chance == 0:
                self.engine.state.deliveries.remove(delivery)
            elif chance > 1:
                for _ in range(3 if chance == 2 else 1):
                    assert self.stripe.bring(delivery) == 200
                webhooks.delivered(self.engine.world, [delivery["id"]])
        self._read_states()

    @rule(order=st.randoms(use_true_random=False), twice=st.booleans())
    def the_worker_works(self, order: Random, twice: bool) -> None:
        """What waits is done, in any order, some of it twice."""
        self._work(order, twice=twice)

    @rule(cut=st.sampled_from(["before", "after"]), order=st.randoms(use_true_random=False))
    def the_worker_dies(self, cut: str, order: Random) -> None:
        """The process ends before its next request, or before it hears the answer."""
        self.line.cut = cut
        self._work(order)
        self.line.cut = ""

    @rule(kind=st.sampled_from(FAULTS), where=st.sampled_from(WHERE), times=st.integers(1, 3))
    def the_line_is_bad(self, kind: str, where: str, times: int) -> None:
        """Some of the next requests go wrong."""
        self._control("/faults", kind=kind, match=where, times=times)

    @rule(kind=st.sampled_from(["payout_failed", "payout_paid_then_failed", "refund_failed"]))
    def a_bank_says_no(self, kind: str) -> None:
        """The next payout or refund comes back."""
        self._control("/faults", kind=kind, times=1)

    @rule(hours=st.sampled_from([1, 6, 20, 50, 120]))
    def time_passes(self, hours: int) -> None:
        """Money settles, banks work, holds end, and providers forget keys after a day."""
        self._pass(timedelta(hours=hours))

    @rule()
    def somebody_looks(self) -> None:
        """Everything under way is looked at, whatever webhooks said."""
        with self._accidents(NoAnswer):
            catch_up()
        self._read_states()

    @rule()
    def it_comes_to_rest(self) -> None:
        """No more accidents: everything is answered, and both sides' books agree."""
        self._control("/faults", method="DELETE")
        for _ in range(12):
            for delivery in webhooks.pending(self.engine.world):
                assert self.stripe.bring(delivery) == 200
                webhooks.delivered(self.engine.world, [delivery["id"]])
            self._work(Random(0))
            self._pass(timedelta(hours=2))
        with working_for(HOUSE):
            hear_what_was_missed(provider="stripe", within=timedelta(days=30))
        catch_up()
        self._work(Random(0))
        self._read_states()
        if not ProviderCall.objects.filter(state__in=UNSURE).exists():
            type(self).compared += 1
            as_the_provider_says(self.engine)

    # How it is done.

    @contextmanager
    def _accidents(self, *kinds: type[Exception]) -> Iterator[None]:
        """Let these end what we tried, as they would for a person."""
        try:
            with transaction.atomic():
                yield
        except kinds:
            return

    def _control(self, path: str, method: str = "POST", **wish: Any) -> None:
        control.handle(self.engine, method, f"/control{path}", json.dumps(wish))

    def _work(self, order: Random, *, twice: bool = False) -> None:
        """Run events, timers and tasks until nothing is left, or the process dies."""
        try:
            for _ in range(100):
                outbox.drain()
                for tenant_id, timer_id in timers.claim_due(clock.now()):
                    with working_for(tenant_id):
                        timers.run(timer_id)
                if not self.waiting:
                    break
                place = order.randrange(len(self.waiting))
                task, given, tenant_id = self.waiting[place]
                for _ in range(2 if twice else 1):
                    with working_for(tenant_id):
                        task.run(**given)
                del self.waiting[place]
        except Killed:
            order.shuffle(self.waiting)
        self._read_states()

    def _pass(self, time: timedelta) -> None:
        moment = clock.now() + time
        ProviderCall.objects.update(first_sent_at=F("first_sent_at") - time)
        self._travel(moment)
        self.engine.advance(int(moment.timestamp()))

    def _read_states(self) -> None:
        """Learn how far payments are."""
        for payment in [*self.to_pay, *self.authorised]:
            payment.refresh_from_db()
        waiting = [*self.to_pay, *self.authorised]
        self.authorised = [each for each in waiting if each.state == "authorised"]
        self.to_pay = [
            each for each in waiting if each.state in ("created", "requires_action", "processing")
        ]
        self.paid += [each for each in waiting if each.state == "captured" and each.parts]

    @invariant()
    def the_books_balance(self) -> None:
        """Check every control equation."""
        type(self).steps += 1
        our_own_books()
        never_twice(self.engine)
