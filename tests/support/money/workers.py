"""What workers do: deliver, take their money out, call that off."""

from uuid import uuid4

from kernel.actor import Actor
from kernel.money import Money
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import cancel_payout
from payments.actions.debts import appeal_debt
from payments.models import Debt, Payout
from payments.queries import cash_out_quote
from payments.rules.payout_states import OPEN
from tests.support.money.customers import Customers
from tests.support.money.deeds import complete, deliver, refused
from tests.support.money.life import deed, maybe, number, some
from tests.support.money.world import MXN
from tests.support.worlds_money import member_id


class Workers(Customers):
    """Somebody works, and is paid."""

    @deed(4, which=some)
    def the_job_is_delivered(self, which: int) -> None:
        """The work is done."""
        job = self.one_of(self.jobs_paid(), which)
        deliver(job)

    @deed(5, which=some)
    def the_job_is_completed(self, which: int) -> None:
        """Nobody objected."""
        job = self.one_of(self.jobs_delivered("accrued"), which)
        complete(job)

    @deed(5, worker=some, percent=number(1, 130), again=maybe)
    def a_worker_cashes_out(self, worker: int, percent: int, again: bool) -> None:
        """A worker takes a part of what may be taken, or tries to take more."""
        by = self.world.workers[worker % 2]
        allowed = cash_out_quote(by).allowed_minor
        wanted = Money(MXN, max(1, allowed * percent // 100))
        key = str(uuid4())
        for _ in range(2 if again else 1):
            with refused:
                cash_out(by=by, amount=wanted, option="free", key=key)
                assert wanted.minor <= allowed

    @deed(which=some)
    def a_worker_calls_a_cash_out_off(self, which: int) -> None:
        """A worker wants the money to stay."""
        payout = self.one_of(list(Payout.objects.filter(state__in=OPEN).order_by("pk")), which)
        with refused:
            cancel_payout(by=self._whose(payout), payout_id=payout.pk)

    @deed(which=some)
    def a_worker_objects_to_a_debt(self, which: int) -> None:
        """A worker does not think to owe that."""
        debt = self.one_of(list(Debt.objects.filter(state=Debt.OPEN).order_by("pk")), which)
        by = next(w for w in self.world.workers if w.member_id == debt.member_id)
        appeal_debt(by=by, debt_id=debt.pk, words="I was there on time; the photos show it.")

    def _whose(self, payout: Payout) -> Actor:
        mine = payout.payee.member_id
        return next(each for each in self.world.workers if member_id(each) == mine)
