"""Questions about money that goes back: what a refund would cost whom, what waits, who owes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet, Sum

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money, zero
from payments.models import Credit, Debt, Earning, Payment, Refund
from payments.queries.disputes import lost_of
from payments.queries.holds import holds_of
from payments.queries.pay import deposit_left, payment_of
from payments.queries.wallet import balance_of
from payments.rules.claw_back import ClawBack, Split, claw_back, split_refund
from payments.rules.credit import ways_back
from payments.tenant_settings import RefundSettings
from tenants.tenancy.queries import settings_of

MENDABLE = (Refund.FAILED, Refund.BY_BANK)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPreview:
    """Who would pay what of a refund, were it made now."""

    amount: Money
    tip: Money
    deposit: Money
    split: Split
    taken: ClawBack
    as_credit: Money

    @property
    def borne(self) -> list[tuple[str, Money]]:
        """Who bears how much, without the tip; what nobody bears is left out."""
        currency, split, taken = self.amount.currency, self.split, self.taken
        parts = [
            ("deposit", self.deposit.minor),
            ("worker_pending", taken.pending),
            ("worker_held", taken.held),
            ("worker_available", taken.available),
            ("worker_owes", taken.receivable),
            ("loss", split.loss),
            ("tenant", split.tenant),
            ("platform", split.platform),
            ("tax", split.tax),
            ("withheld", sum(split.withheld)),
        ]
        return [(name, Money(currency, minor)) for name, minor in parts if minor]


def refundable(by: Actor, payment_id: UUID) -> tuple[Payment, Money, Money]:
    """Return a payment to the office, with what can still go back of it and of its tip."""
    if not by.works_in_office:
        raise NotFound(what="payment")
    payment = payment_of(payment_id)
    given = Refund.objects.filter(payment=payment).aggregate(
        amount=Sum("amount_minor"), tip=Sum("tip_minor")
    )
    if payment.state != "captured":
        return payment, zero(payment.currency), zero(payment.currency)
    left = Money(payment.currency, payment.amount_minor - (given["amount"] or 0))
    return payment, left, zero(payment.currency) if given["tip"] else payment.tip


def preview_refund(payment: Payment, *, amount: Money, tip: Money, fault: str) -> RefundPreview:
    """Say who would pay what of a refund now; nothing is written or locked."""
    deposit = min(amount, max(deposit_left(payment), zero(payment.currency)))
    split, taken = Split(), ClawBack()
    earning = Earning.objects.filter(payment=payment).first()
    if earning and amount > deposit:
        split = split_refund(
            amount=(amount - deposit).minor,
            before=earning.back_minor,
            blocks=earning.blocks,
            fault=fault,
            withheld=earning.taxes_kept,
        )
        taken = _from_worker(earning, split.worker)
    return RefundPreview(
        amount=amount,
        tip=tip,
        deposit=deposit,
        split=split,
        taken=taken,
        as_credit=Money(amount.currency, as_credit(payment, amount.minor)),
    )


def by_card_so_far(payment: Payment) -> int:
    """Return what has gone back of a payment, its tip left out, that the card had paid."""
    given = Refund.objects.filter(payment=payment).aggregate(total=Sum("amount_minor"))["total"]
    return (given or 0) - payment.credit_back_minor


def as_credit(payment: Payment, minor: int) -> int:
    """Return what of an amount that goes back now would be a credit again."""
    lost, _tip = lost_of(payment)
    left = payment.charged_amount.minor - by_card_so_far(payment) - lost
    return ways_back(amount=minor, card_left=left)[1]


def _from_worker(earning: Earning, due: int) -> ClawBack:
    available = balance_of(earning.worker_id, "worker_available", earning.currency)
    return claw_back(
        due=due,
        pending=earning.pending_minor,
        held=sum(
            each.remaining_minor for each in holds_of(earning.worker_id).filter(earning=earning)
        ),
        available=available.minor,
    )


def refunds_for(by: Actor) -> QuerySet[Refund]:
    """Return every refund of this tenant to its office: those that wait for a person first."""
    if not by.works_in_office:
        raise NotFound(what="refund")
    return Refund.objects.select_related("payment__payer__user").order_by("-pk")


def debts_for(by: Actor) -> QuerySet[Debt]:
    """Return what workers owe to the office, oldest first."""
    if not by.works_in_office:
        raise NotFound(what="debt")
    rows = Debt.objects.select_related("member__user", "forgiveness_asked_by__user")
    return rows.filter(state=Debt.OPEN).order_by("pk")


def debts_of(by: Actor) -> QuerySet[Debt]:
    """Return what the worker who asks owes, or has owed, newest first."""
    return Debt.objects.filter(member_id=by.member_id).order_by("-pk")


def forgivable_since() -> datetime:
    """Return the moment before which a debt must have been made to be written off now."""
    return clock.now() - timedelta(days=settings_of(RefundSettings).forgive_after_days)


def credits_of(by: Actor) -> QuerySet[Credit]:
    """Return the credits of the customer who asks: what ends first on top."""
    rows = Credit.objects.filter(customer_id=by.member_id, state=Credit.OPEN)
    return rows.filter(expires_at__gt=clock.now()).order_by("expires_at", "pk")


def credits_for(by: Actor) -> QuerySet[Credit]:
    """Return every credit of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="credit")
    return Credit.objects.select_related("customer__user").order_by("-pk")
