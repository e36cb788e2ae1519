"""What payments does when something happened: enqueue what waits for a provider, tell people."""

from uuid import UUID

from kernel.events import on
from kernel.timers import timer
from payments import tasks
from payments.actions.collect import EXPIRE
from payments.actions.tell import tell_member, tell_payer
from payments.actions.void import expire
from payments.events import (
    CaptureAsked,
    MoneyReleased,
    PayeeActivated,
    PayeeRestricted,
    PaymentCaptured,
    PayoutFailed,
    PayoutPaid,
    PayoutRequested,
    ProviderEventReceived,
    RefundDue,
    RefundSucceeded,
    TipEarned,
    VoidAsked,
)
from payments.models import ProviderObject
from payments.notices import (
    MONEY_AVAILABLE,
    PAYEE_READY,
    PAYEE_RESTRICTED,
    PAYOUT_FAILED,
    PAYOUT_PAID,
    REFUND_SENT,
    TIP_RECEIVED,
)
from tenants.messaging.actions.notify import notify


@on(CaptureAsked)
def take_the_money(fact: CaptureAsked) -> None:
    """Take an authorised payment."""
    tasks.send_capture.delay(payment_id=fact.payment_id)


@on(VoidAsked)
def call_it_off(fact: VoidAsked) -> None:
    """Close the page, or let the authorised money go."""
    tasks.send_void.delay(payment_id=fact.payment_id)


@on(RefundDue)
def give_it_back(fact: RefundDue) -> None:
    """Send a refund."""
    tasks.send_refund.delay(refund_id=fact.refund_id)


@on(MoneyReleased)
def move_the_share(fact: MoneyReleased) -> None:
    """Move a worker's share to the worker's account at the provider."""
    tasks.send_allocations.delay(member_id=fact.worker_member_id)


@on(TipEarned)
def move_the_tip(fact: TipEarned) -> None:
    """Move a tip to the worker's account at the provider."""
    tasks.send_allocations.delay(member_id=fact.worker_member_id)


@on(PayeeActivated)
def move_what_waited(fact: PayeeActivated) -> None:
    """Move what was earned before there was an account."""
    tasks.send_allocations.delay(member_id=fact.member_id)


@on(PayoutRequested)
def send_it(fact: PayoutRequested) -> None:
    """Send a cash-out on its way."""
    tasks.send_payout.delay(payout_id=fact.payout_id)


@on(ProviderEventReceived)
def find_whom_it_concerns(fact: ProviderEventReceived) -> None:
    """Bring an event to its tenant."""
    tasks.route_event.delay(provider_event_id=fact.provider_event_id)


@on(PaymentCaptured)
def send_the_receipt(fact: PaymentCaptured) -> None:
    """Tell whoever paid."""
    tell_payer(payment_id=UUID(fact.payment_id))


@on(RefundSucceeded)
def tell_of_the_refund(fact: RefundSucceeded) -> None:
    """Tell whoever gets money back."""
    notify(
        to_id=UUID(fact.payer_id),
        notice=REFUND_SENT,
        about=fact.refund_id,
        total_minor=fact.amount_minor + fact.tip_minor,
        currency=fact.currency,
    )


@on(MoneyReleased)
def tell_of_the_share(fact: MoneyReleased) -> None:
    """Tell the worker what a visit brought."""
    if fact.amount_minor:
        tell_member(
            member_id=UUID(fact.worker_member_id),
            notice=MONEY_AVAILABLE,
            about=fact.reference,
            amount_minor=fact.amount_minor,
            currency=fact.currency,
        )


@on(TipEarned)
def tell_of_the_tip(fact: TipEarned) -> None:
    """Tell the worker of a tip."""
    tell_member(
        member_id=UUID(fact.worker_member_id),
        notice=TIP_RECEIVED,
        about=fact.payment_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@on(PayeeActivated)
def tell_that_money_can_come(fact: PayeeActivated) -> None:
    """Tell the worker that cash-outs are possible."""
    notify(to_id=UUID(fact.member_id), notice=PAYEE_READY, about=fact.payee_id)


@on(PayeeRestricted)
def tell_that_something_is_missing(fact: PayeeRestricted) -> None:
    """Tell the worker that the provider wants something."""
    notify(to_id=UUID(fact.member_id), notice=PAYEE_RESTRICTED, about=fact.payee_id)


@on(PayoutPaid)
def tell_that_it_arrived(fact: PayoutPaid) -> None:
    """Tell the worker that the bank has the money."""
    tell_member(
        member_id=UUID(fact.payee_member_id),
        notice=PAYOUT_PAID,
        about=fact.payout_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@on(PayoutFailed)
def tell_that_it_came_back(fact: PayoutFailed) -> None:
    """Tell the worker that the money is back."""
    tell_member(
        member_id=UUID(fact.payee_member_id),
        notice=PAYOUT_FAILED,
        about=fact.payout_id,
        amount_minor=fact.amount_minor,
        currency=fact.currency,
    )


@timer("payments.send_capture")
def capture_again(subject_id: UUID) -> None:
    """Ask again for an authorised payment."""
    tasks.send_capture.delay(payment_id=str(subject_id))


@timer("payments.send_void")
def void_again(subject_id: UUID) -> None:
    """Call a payment off, again."""
    tasks.send_void.delay(payment_id=str(subject_id))


@timer("payments.send_refund")
def refund_again(subject_id: UUID) -> None:
    """Send a refund, again."""
    tasks.send_refund.delay(refund_id=str(subject_id))


@timer("payments.send_allocations")
def allocate_again(subject_id: UUID) -> None:
    """Move what a member earned, again."""
    tasks.send_allocations.delay(member_id=str(subject_id))


@timer("payments.send_payout")
def pay_out_again(subject_id: UUID) -> None:
    """Send a cash-out, again."""
    tasks.send_payout.delay(payout_id=str(subject_id))


@timer("payments.refresh_payee")
def look_at_payee_again(subject_id: UUID) -> None:
    """Look at a payee, again."""
    tasks.refresh_payee.delay(payee_id=str(subject_id))


@timer("payments.refresh_object")
def look_again(subject_id: UUID) -> None:
    """Look at one of our things at the provider, again."""
    object_id = ProviderObject.objects.get(pk=subject_id).object_id
    tasks.refresh_object.delay(object_id=object_id)


@timer("payments.route_event")
def route_again(subject_id: UUID) -> None:
    """Look again whom an event concerns."""
    tasks.route_event.delay(provider_event_id=str(subject_id))


@timer(EXPIRE)
def nobody_paid(subject_id: UUID) -> None:
    """Close a payment that nobody has paid in time."""
    expire(payment_id=subject_id)
