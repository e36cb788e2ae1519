"""The other ways of money: cash, credits, the float, and banks for whoever lost an account."""

from datetime import timedelta
from uuid import uuid4

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.money import Money
from payments.actions.answer_question import answer_question
from payments.actions.answer_transfer import mark_paid, mark_rejected
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import retry_payout
from payments.actions.credits import grant_credit
from payments.actions.doubt import clear_destination
from payments.actions.fund_float import fund_float
from payments.actions.give_account import give_account
from payments.actions.promise_cash import contest_cash, promise_cash, take_cash
from payments.models import BatchLine, MoneyQuestion, Payee, Payment, Payout
from payments.queries import cash_out_quote
from payments.queries.cash import CASH
from payments.rules.blocks import PriceBlocks
from payments.rules.questions import ARRIVED, CAME_BACK
from tests.support.money.customers import CARDS, PRICE
from tests.support.money.deeds import A_WEEK, books, complete, deliver, pays, refused
from tests.support.money.life import deed, maybe, number, one, some
from tests.support.money.office import WORDS
from tests.support.money.provider import Provider
from tests.support.money.world import MXN, Job
from tests.support.worlds_bank import CLABE, OTHER_CLABE, approved, bank_receipt
from tests.support.worlds_money import member_id

NUMBERS = (CLABE, OTHER_CLABE)
A_REST = timedelta(hours=73)  # So long a new bank account is not paid.
TWO_DAYS = timedelta(hours=50)
SOME_DAYS = 3 * 24 * 3_600  # So many seconds after it arrived, a payout comes back.
BY_CASH = {name: draw for name, draw in PRICE.items() if name not in ("tip", "processor")}


class Ways(Provider):
    """Money that does not come by card, or does not leave by the provider."""

    @deed(3, worker=some, credit=number(500, 90_000), by_hand=maybe, card=one(*CARDS), **PRICE)
    def somebody_spends_credits(
        self, worker: int, credit: int, by_hand: bool, card: str, **price: int
    ) -> None:
        """A customer's credits pay a part of a job, or all of it."""
        grant_credit(
            by=self.world.staff,
            customer_id=member_id(self.world.customer),
            amount=Money(MXN, credit),
            cause="gesture",
            about=f"look:{uuid4()}",
            reason=WORDS,
        )
        capture = "manual" if by_hand else "automatic"
        payment = books(self.world, worker, capture=capture, keeps=False, with_credit=True, **price)
        if payment.charged:
            pays(self.world, payment, card)

    @deed(2, worker=some, **BY_CASH)
    def somebody_promises_cash(self, worker: int, share: int, **parts: int) -> None:
        """A customer will pay the worker at the visit, unless the worker owes too much of it."""
        world, about = self.world, f"booking:{uuid4()}"
        who, blocks = world.workers[worker % 2], PriceBlocks.of(MXN, worker=share, **parts)
        with refused:
            payment = promise_cash(
                by=world.customer,
                payer_id=member_id(world.customer),
                worker_member_id=member_id(who),
                reference=about,
                title="Paseo de una hora",
                return_path="/bookings/",
                expires_at=clock.now(),
                key=f"{about}:charge",
                blocks=blocks,
            )
            world.jobs[payment.pk] = Job(payment.pk, about, blocks, who)

    @deed(3, which=some, ends=number(0, 2))
    def a_worker_takes_cash(self, which: int, ends: int) -> None:
        """The customer has paid at the door; perhaps the work is done as well."""
        promised = Payment.objects.filter(provider=CASH, state="authorised").order_by("pk")
        payment = self.one_of(list(promised), which)
        job = self.world.jobs[payment.pk]
        with refused:
            take_cash(by=job.worker, payment_id=payment.pk, amount=payment.total)
        self.world.works(self.luck)
        payment.refresh_from_db()
        if payment.state == "captured" and ends:
            deliver(job)
        if payment.state == "captured" and ends == 2:
            complete(job)

    @deed(1, which=some)
    def cash_is_contested(self, which: int) -> None:
        """A customer says that it was another amount."""
        paid = Payment.objects.filter(provider=CASH, state="captured").order_by("pk")
        payment = self.one_of(list(paid), which)
        contest_cash(by=self.world.customer, payment_id=payment.pk, words=WORDS)
        self.world.happened["cash contested"] += 1

    @deed(2, minor=number(5_000, 60_000), worker=some, weeks=number(0, 2), **PRICE)
    def somebody_lends(self, minor: int, worker: int, weeks: int, **price: int) -> None:
        """The operator lends, and a worker need not wait for the money of the job just done."""
        world = self.world
        fund_float(by=SYSTEM, amount=Money(MXN, minor), key=str(uuid4()))
        of_platform = world.engine.state.balances.setdefault(world.engine.world.platform, {})
        of_platform.setdefault("mxn", [0, 0])[0] += minor
        self.a_job_goes_by(worker, "visa", 2, **price)
        self.a_worker_cashes_out(worker, 100, again=False)
        for _ in range(weeks):
            world.works(self.luck)
            world.lets_pass(A_WEEK)
            world.brings(self.luck)

    @deed(2, worker=some, percent=number(20, 100), late=maybe)
    def a_cash_out_comes_back(self, worker: int, percent: int, late: bool) -> None:
        """A bank sends a cash-out back: at once, or when it seemed to have arrived."""
        by = self.world.workers[worker % 2]
        allowed = cash_out_quote(by).allowed_minor
        if not allowed:
            return
        kind = "payout_paid_then_failed" if late else "payout_failed"
        self.world.control("/faults", kind=kind, times=1, seconds=SOME_DAYS)
        with refused:
            amount = Money(MXN, max(1, allowed * percent // 100))
            cash_out(by=by, amount=amount, option="free", key=str(uuid4()))
        for _ in range(2):
            self.world.works(self.luck)
            self.world.lets_pass(TWO_DAYS)
            self.world.brings(self.luck)
            self.world.works(self.luck)

    @deed(4, which=some, cleared=maybe)
    def a_worker_tries_again(self, which: int, cleared: bool) -> None:
        """A cash-out that came back is sent once more; perhaps somebody has looked where to."""
        back = list(Payout.objects.filter(state__in=("failed", "returned")).order_by("pk"))
        payout = self.one_of([each for each in back if self._possible(each)] or back, which)
        if cleared and payout.payee.doubt:
            clear_destination(by=self.world.staff, payee_id=payout.payee.pk)
        with refused:
            retry_payout(by=self._whose(payout), payout_id=payout.pk, option="free")
            self.world.happened["cash-out tried again"] += 1

    def _possible(self, payout: Payout) -> bool:
        return cash_out_quote(self._whose(payout)).allowed_minor >= payout.amount_minor

    # Who is no longer paid by the provider is paid from bank to bank.

    @deed(0.5, worker=some)
    def a_worker_disconnects(self, worker: int) -> None:
        """A worker takes the account away from us, whatever lies or is under way there."""
        by = self.world.workers[worker % 2]
        payee = Payee.objects.get(member_id=member_id(by))
        if self.world.control(f"/accounts/{payee.account_ref}/deauthorize"):
            self.world.happened["account lost"] += 1

    @deed(3, rests=maybe)
    def who_lost_an_account_gives_a_bank(self, rests: bool) -> None:
        """A worker whose account is lost wants to be paid by bank, which begins after a rest."""
        for by, clabe in zip(self.world.workers, NUMBERS, strict=True):
            self._gives(by, clabe)
        if rests and self._by_bank():
            self.world.lets_pass(A_REST)

    @deed(3, ends=one("paid", "paid", "rejected", ""))
    def the_office_pays_by_bank(self, ends: str) -> None:
        """One person makes a batch, another approves it, and the bank says what came of it."""
        for worker in self._by_bank():
            self.a_worker_cashes_out(worker, 60, again=False)
        self.world.works(self.luck)
        with refused:
            approved(self.world.owner, self.world.checker)
            self.world.happened["batch approved"] += 1
        for line in BatchLine.objects.filter(state=BatchLine.SENT).order_by("pk"):
            self._answers(line, ends)

    @deed(2, which=some)
    def a_bank_sends_a_transfer_back(self, which: int) -> None:
        """What had arrived comes back after all."""
        paid = BatchLine.objects.filter(state=BatchLine.PAID).order_by("pk")
        line = self.one_of(list(paid), which)
        with refused:
            mark_rejected(by=self.world.checker, line_id=line.pk, reason="account_closed")
            self.world.happened["transfer returned"] += 1

    @deed(2, which=some)
    def it_is_known_what_became_of_a_lost_cash_out(self, which: int) -> None:
        """Two people find out whether a cash-out from a lost account has arrived."""
        asked = MoneyQuestion.objects.filter(kind="lost_payout", state="open").order_by("pk")
        question = self.one_of(list(asked), which)
        payout = Payout.objects.get(pk=question.facts["payout_id"])
        there = self.world.engine.world.family("payouts")[payout.provider_ref]["status"]
        if there not in ("paid", "failed"):
            return
        answer = ARRIVED if there == "paid" else CAME_BACK
        for by in (self.world.owner, self.world.checker):
            answer_question(
                by=by, question_id=question.pk, answer=answer, note=WORDS, name="MBX0042"
            )
        self.world.happened[f"lost cash-out: {answer}"] += 1

    def _by_bank(self) -> list[int]:
        """Return which workers are paid from bank to bank."""
        there = set(Payee.objects.exclude(left="").values_list("member_id", flat=True))
        return [place for place, by in enumerate(self.world.workers) if member_id(by) in there]

    def _gives(self, by: Actor, clabe: str) -> None:
        with refused:
            give_account(by=by, number=clabe, holder="Ana Prueba")
            self.world.happened["bank account given"] += 1

    def _answers(self, line: BatchLine, ends: str) -> None:
        by = self.world.checker
        if ends == "paid":
            key, receipt = f"MBX{line.pk.hex[-12:]}", bank_receipt(by)
            mark_paid(by=by, line_id=line.pk, tracking_key=key, receipt=receipt)
        elif ends == "rejected":
            mark_rejected(by=by, line_id=line.pk, reason="account_closed")
        if ends:
            self.world.happened[f"transfer {ends}"] += 1
