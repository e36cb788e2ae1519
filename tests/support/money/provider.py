"""What the provider, the banks behind it and time do, whether we like it or not."""

from datetime import timedelta
from random import Random

from kernel import clock
from payments.models import Payee, Payment
from simulators.stripe.resources.disputes import OPEN
from tests.support.money.life import deed, maybe, number, one, some
from tests.support.money.office import Office

LINE = ("timeout_before", "timeout_after", "500", "500_after", "429")
BANK = ("payout_failed", "payout_paid_then_failed", "refund_failed")
WHERE = ("POST", "payouts", "transfers", "refunds", "capture", "sessions", "payment_intents", "GET")


class Provider(Office):
    """Somebody else decides, or nobody can help it."""

    @deed(4, which=some, tip=maybe)
    def a_bank_takes_a_payment_back(self, which: int, tip: bool) -> None:
        """A customer's bank disputes a charge: of a job, or of a tip."""
        refs = set(self._charges(kind=Payment.TIP if tip else Payment.JOB))
        due = [
            row["id"]
            for row in self.world.rows("charges")
            if row["id"] in refs and row["captured"] and not row["disputed"]
        ]
        charge = self.one_of(due, which)
        if self.world.control("/disputes", charge=charge):
            self.world.happened[f"dispute of a {'tip' if tip else 'job'}"] += 1

    @deed(4, which=some, won=maybe)
    def a_bank_decides(self, which: int, won: bool) -> None:
        """A dispute is won or lost; what was lost may be won on appeal."""
        decidable = (*OPEN, "lost") if won else OPEN
        due = [row["id"] for row in self.world.rows("disputes") if row["status"] in decidable]
        dispute = self.one_of(due, which)
        self.world.control(f"/disputes/{dispute}", verdict="won" if won else "lost")

    @deed(which=some)
    def a_bank_suspects_fraud(self, which: int) -> None:
        """A customer's bank warns of a charge."""
        charge = self.one_of(self._charges(), which)
        self.world.control("/warnings", charge=charge)

    @deed(3, kind=one(*LINE), where=one(*WHERE), times=number(1, 3))
    def the_line_is_bad(self, kind: str, where: str, times: int) -> None:
        """Some of the next requests go wrong."""
        self.world.control("/faults", kind=kind, match=where, times=times)

    @deed(1)
    def the_line_is_good_again(self) -> None:
        """What went wrong does no longer."""
        self.world.control("/faults", method="DELETE")

    @deed(3, kind=one(*BANK))
    def a_bank_says_no(self, kind: str) -> None:
        """The next payout or refund comes back."""
        self.world.control("/faults", kind=kind, times=1)

    @deed(2, worker=some, well=maybe)
    def an_account_is_looked_into(self, worker: int, well: bool) -> None:
        """The provider restricts a worker's account, or has seen the document it asked for."""
        payees = list(Payee.objects.order_by("pk").values_list("account_ref", flat=True))
        account = payees[worker % len(payees)]
        if well:
            self.world.control(f"/onboarding/{account}", outcome="complete")
        elif self.world.control(f"/accounts/{account}/restrict"):
            self.world.happened["account restricted"] += 1

    @deed(which=some)
    def money_is_late(self, which: int) -> None:
        """The provider said that a charge would have settled by now; it has not.

        Whoever did the work takes the money out, and has to wait for it.
        """
        ahead = Payment.objects.filter(state="captured", settles_at__gt=clock.now())
        payment = self.one_of(list(ahead.order_by("pk")), which)
        moment = clock.now() - timedelta(minutes=1)
        Payment.objects.filter(pk=payment.pk).update(settles_at=moment)
        self.a_worker_cashes_out(which, 100, again=False)

    @deed(5, hours=one(1, 1, 6, 20, 50, 120, 200))
    def time_passes(self, hours: int) -> None:
        """Money settles, banks work, holds end, and providers forget keys after a day."""
        self.world.lets_pass(timedelta(hours=hours))

    # Messages, and the worker process.

    @deed(luck=number(0, 2**32 - 1), ill=one(0.0, 0.3, 0.9))
    def messages_come(self, luck: int, ill: float) -> None:
        """Webhooks arrive in any order; some several times, some later, some never."""
        self.world.brings(Random(luck), ill=ill, shuffled=True)

    @deed(luck=number(0, 2**32 - 1), twice=maybe)
    def the_worker_works(self, luck: int, twice: bool) -> None:
        """What waits is done, in any order, some of it twice."""
        self.world.works(Random(luck), twice=twice)

    @deed(4, luck=number(0, 2**32 - 1), points=number(1, 16))
    def the_worker_dies(self, luck: int, points: int) -> None:
        """The process ends around a commit or a request, if it has so many."""
        self.world.brings(Random(luck))
        self.world.works_and_dies(Random(luck), points=points)

    @deed(2, luck=number(0, 2**32 - 1), points=number(1, 4))
    def the_worker_dies_at_a_request(self, luck: int, points: int) -> None:
        """The process ends before or after it has asked the provider for something."""
        self.world.brings(Random(luck))
        self.world.works_and_dies(Random(luck), points=points, at="request")

    @deed(1)
    def somebody_looks(self) -> None:
        """Everything under way is looked at, whatever webhooks said."""
        self.world.looks()

    def _charges(self, **which: str) -> list[str]:
        """Return the provider's names of what was charged, oldest first."""
        rows = Payment.objects.filter(state="captured", **which).exclude(charge_ref="")
        return list(rows.order_by("pk").values_list("charge_ref", flat=True))
