"""What the office does: refunds, holds, goodwill, disputes, frozen wallets."""

from datetime import timedelta
from uuid import uuid4

from kernel import clock
from kernel.money import Money
from payments.actions.capture import capture
from payments.actions.credits import compensate_worker, grant_credit
from payments.actions.debts import ask_to_forgive, forgive
from payments.actions.decide_refund import decide_refund
from payments.actions.doubt import clear_destination
from payments.actions.freeze import confirm_freeze, freeze, thaw
from payments.actions.hold import open_hold, release_hold
from payments.actions.mend_refund import (
    give_as_credit,
    give_by_bank,
    mark_transferred,
    retry_refund,
)
from payments.actions.refund import refund
from payments.actions.send_evidence import dismiss_warning, find_fault, hand_in_evidence
from payments.actions.void import void
from payments.models import FREEZE_REASONS, Debt, Dispute, Freeze, Hold, Payee, Refund
from payments.queries.disputes import RUNNING
from payments.rules.payment_states import UNPAID
from tests.support.money.deeds import refused
from tests.support.money.life import deed, maybe, number, one, some
from tests.support.money.workers import Workers
from tests.support.money.world import MXN
from tests.support.worlds_money import member_id

WORDS = "The photographs show it, and the worker says so too."
FAULTS = one("none", "worker", "customer", "platform")
EVIDENCE = one("winning_evidence", "losing_evidence", WORDS)


class Office(Workers):
    """Somebody decides about other people's money."""

    @deed(1, which=some)
    def it_is_called_off(self, which: int) -> None:
        """The business changes its mind."""
        payment = self.one_of(self.world.payments(*UNPAID, "authorised"), which)
        with refused:
            void(by=self.world.owner, payment_id=payment.pk)

    @deed(2, which=some)
    def it_is_accepted(self, which: int) -> None:
        """The business takes an authorised payment."""
        payment = self.one_of(self.world.payments("authorised"), which)
        with refused:
            capture(by=self.world.owner, payment_id=payment.pk)

    @deed(
        5,
        which=some,
        percent=number(0, 100),
        with_tip=maybe,
        fault=FAULTS,
        in_error=maybe,
        of_office=maybe,
    )
    def money_goes_back(
        self, which: int, percent: int, with_tip: bool, fault: str, in_error: bool, of_office: bool
    ) -> None:
        """A customer gets money back, if there is as much: by a rule, or by decision."""
        payment = self.one_of(self.world.payments("captured"), which)
        given = {
            "payment_id": payment.pk,
            "amount": Money(MXN, payment.amount_minor * percent // 100),
            "tip": Money(MXN, payment.tip_minor if with_tip else 0),
            "fault": fault,
            "tip_in_error": in_error,
        }
        with refused:
            if of_office:
                decide_refund(by=self.world.staff, reason=WORDS, key=str(uuid4()), **given)
            else:
                key = f"refund:{uuid4()}"
                refund(by=self.world.owner, reason="asked", finding=WORDS, key=key, **given)

    @deed(5, which=some, way=one("again", "credit", "bank"))
    def a_failed_refund_goes_another_way(self, which: int, way: str) -> None:
        """A person chooses how a refund that came back goes on."""
        ways = {"again": retry_refund, "credit": give_as_credit, "bank": give_by_bank}
        rows = Refund.objects.filter(state=Refund.FAILED).order_by("pk")
        found = self.one_of(list(rows), which)
        ways[way](by=self.world.staff, refund_id=found.pk)
        self.world.happened[f"refund mended: {way}"] += 1

    @deed(4, which=some)
    def the_bank_has_transferred_it(self, which: int) -> None:
        """A refund went by hand."""
        rows = Refund.objects.filter(state=Refund.BY_BANK).order_by("pk")
        found = self.one_of(list(rows), which)
        mark_transferred(by=self.world.staff, refund_id=found.pk, bank_ref=f"SPEI{uuid4().hex}")
        self.world.happened["refund transferred by hand"] += 1

    @deed(worker=some, minor=number(1, 50_000), job=some)
    def money_is_held(self, worker: int, minor: int, job: int) -> None:
        """Somebody wants to look first."""
        jobs = [*self.jobs_delivered("accrued"), *self.jobs_delivered("released")]
        about = self.one_of(jobs, job)
        with refused:
            open_hold(
                member_id=member_id(self.world.workers[worker % 2]),
                amount=Money(MXN, minor),
                reason="review",
                until=clock.now() + timedelta(days=3),
                about=about.reference if about else f"look:{uuid4()}",
            )

    @deed(which=some, percent=number(1, 120))
    def a_hold_ends(self, which: int, percent: int) -> None:
        """It was nothing, or a part of it was."""
        holds = Hold.objects.filter(remaining_minor__gt=0).order_by("pk")
        hold = self.one_of(list(holds), which)
        part = Money(MXN, max(1, hold.remaining_minor * percent // 100))
        with refused:
            release_hold(hold_id=hold.pk, amount=part)

    @deed(1, worker=some, minor=number(1, 5_000), credit=maybe)
    def something_is_made_good(self, worker: int, minor: int, credit: bool) -> None:
        """The business makes good for something, to a worker or a customer."""
        world, key, amount = self.world, str(uuid4()), Money(MXN, minor)
        reason = "The customer was not at home."
        if credit:
            whom = member_id(world.customer)
            about = f"look:{key}"
            grant_credit(
                by=world.staff,
                customer_id=whom,
                amount=amount,
                cause="gesture",
                about=about,
                reason=reason,
            )
            return
        compensate_worker(
            by=world.staff,
            member_id=member_id(world.workers[worker % 2]),
            amount=amount,
            reference=f"look:{uuid4()}",
            reason=reason,
            key=key,
        )

    @deed(3, which=some, fault=FAULTS)
    def somebody_finds_whose_fault_it_was(self, which: int, fault: str) -> None:
        """The office looks into a dispute before the bank decides."""
        dispute = self._dispute(which, Dispute.DISPUTE)
        with refused:
            find_fault(by=self.world.staff, dispute_id=dispute.pk, fault=fault, finding=WORDS)

    @deed(which=some, words=EVIDENCE)
    def somebody_answers_the_bank(self, which: int, words: str) -> None:
        """The office sends its side, which the bank may like."""
        dispute = self._dispute(which, Dispute.DISPUTE)
        with refused:
            hand_in_evidence(by=self.world.staff, dispute_id=dispute.pk, words=words)

    @deed(which=some)
    def a_warning_is_dismissed(self, which: int) -> None:
        """It was no fraud."""
        warning = self._dispute(which, Dispute.WARNING)
        dismiss_warning(by=self.world.staff, dispute_id=warning.pk)
        self.world.happened["fraud warning dismissed"] += 1

    @deed(1, worker=some, step=one("freeze", "confirm", "thaw"))
    def a_wallet_is_frozen_or_freed(self, worker: int, step: str) -> None:
        """Somebody suspects a theft, is sure of it, or was wrong."""
        whom = member_id(self.world.workers[worker % 2])
        frozen = Freeze.objects.filter(member_id=whom, lifted_at__isnull=True).first()
        with refused:
            if step == "freeze":
                reason = FREEZE_REASONS[0]
                freeze(by=self.world.staff, member_id=whom, reason=reason, note=WORDS)
            elif frozen and step == "confirm":
                confirm_freeze(by=self.world.staff, freeze_id=frozen.pk, note=WORDS)
            elif frozen:
                thaw(by=self.world.owner, freeze_id=frozen.pk, note=WORDS)

    @deed(3, which=some)
    def a_bank_account_is_right_after_all(self, which: int) -> None:
        """Somebody has looked at where a cash-out came back from: it may be tried again."""
        payee = self.one_of(list(Payee.objects.exclude(doubt="").order_by("pk")), which)
        clear_destination(by=self.world.staff, payee_id=payee.pk)

    @deed(which=some)
    def a_debt_is_forgiven(self, which: int) -> None:
        """What has been owed for long enough is written off, by two people."""
        debt = self.one_of(list(Debt.objects.filter(state=Debt.OPEN).order_by("pk")), which)
        with refused:
            ask_to_forgive(by=self.world.staff, debt_id=debt.pk, reason=WORDS)
            forgive(by=self.world.owner, debt_id=debt.pk)

    def _dispute(self, which: int, kind: str) -> Dispute:
        rows = Dispute.objects.filter(kind=kind, state__in=RUNNING).order_by("pk")
        return self.one_of(list(rows), which)
