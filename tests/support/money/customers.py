"""What customers do: book, pay in all the ways there are, tip, and let us keep their cards."""

from uuid import uuid4

from kernel.money import Money
from payments.actions.keep_card import forget_cards
from payments.actions.tip import tip_afterwards
from payments.rules.payment_states import UNPAID
from tests.support.money.deeds import books, complete, deliver, pays, refused
from tests.support.money.life import Draw, Life, deed, maybe, number, one, some
from tests.support.money.world import MXN
from tests.support.worlds_money import member_id

CARDS = ("visa", "visa_b", "mastercard", "3ds_ok", "3ds_fail", "declined", "declined_later")
TROUBLE = ("dispute", "warning", "oxxo", "oxxo")


PRICE: dict[str, Draw] = {
    "share": number(1_000, 90_000),
    "tip": lambda luck: max(0, luck.randint(-6_000, 20_000)),
    "tenant": number(0, 9_000),
    "platform": number(0, 900),
    "processor": number(0, 4_000),
    "tax": number(0, 2_000),
}


class Customers(Life):
    """Somebody books, pays, tips."""

    @deed(worker=some, by_hand=maybe, keeps=maybe, **PRICE)
    def somebody_books(self, worker: int, by_hand: bool, keeps: bool, **price: int) -> None:
        """A customer owes the price of a job."""
        books(
            self.world, worker, capture="manual" if by_hand else "automatic", keeps=keeps, **price
        )

    @deed(6, worker=some, card=one(*CARDS[:4]), ends=number(0, 2), **PRICE)
    def a_job_goes_by(self, worker: int, card: str, ends: int, **price: int) -> None:
        """A job is booked and paid; perhaps it is delivered and completed as well."""
        payment = books(self.world, worker, keeps=True, **price)
        pays(self.world, payment, card)
        self.world.brings(self.luck)
        self.world.works(self.luck)
        payment.refresh_from_db()
        if payment.state == "captured" and ends:
            deliver(self.world.jobs[payment.pk])
        if payment.state == "captured" and ends == 2:
            complete(self.world.jobs[payment.pk])

    @deed(3, which=some, card=one(*CARDS + TROUBLE))
    def somebody_pays(self, which: int, card: str) -> None:
        """A customer pays on the provider's page, if it opens."""
        payment = self.one_of(self.world.payments(*UNPAID), which)
        pays(self.world, payment, card)

    @deed(3, which=some, outcome=one("pay", "pay", "expire", "fail"))
    def somebody_goes_to_the_counter(self, which: int, outcome: str) -> None:
        """A voucher is paid, its time is over, or what was paid never comes."""
        printed = [
            row["id"]
            for row in self.world.rows("payment_intents")
            if row["status"] == "requires_action" and row.get("_session")
        ]
        intent = self.one_of(printed, which)
        if outcome == "fail":
            self.world.control(f"/vouchers/{intent}", outcome="pay")
        if self.world.control(f"/vouchers/{intent}", outcome=outcome):
            self.world.happened[f"voucher: {outcome}"] += 1

    @deed(5, which=some, tip=number(1_000, 9_000), saved=maybe)
    def somebody_tips_later(self, which: int, tip: int, saved: bool) -> None:
        """A customer was pleased; a page opens, or the card that was kept is charged."""
        about = self.one_of(self.jobs_delivered("released"), which)
        with refused:
            payment = tip_afterwards(
                by=self.world.customer,
                payer_id=member_id(self.world.customer),
                reference=about.reference,
                worker_member_id=member_id(about.worker),
                amount=Money(MXN, tip),
                return_path="/",
                key=f"tip:{uuid4()}",
                with_saved_card=saved,
            )
            if not saved:
                pays(self.world, payment, self.luck.choice(("visa", "3ds_ok", "oxxo", "dispute")))

    @deed(1)
    def somebody_has_the_cards_forgotten(self) -> None:
        """A customer changes their mind about cards."""
        forget_cards(by=self.world.customer)
