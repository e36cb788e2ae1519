"""A visit of a package pays for a booking, or comes back."""

from uuid import UUID

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.errors import NotFound
from kernel.money import Money
from marketplace.bookings.actions.buy_package import tell_owner
from marketplace.bookings.models import Booking, CreditMove, Package, PackageCredit
from marketplace.bookings.notices import packages as notices
from marketplace.bookings.queries.packages import free_credits
from marketplace.bookings.rules.packages import NothingLeft, PackageNotOpen, PackageStopped
from marketplace.bookings.rules.packages import ended as ended_at_rate
from payments.actions.refund import refund
from payments.queries import deposit_left, payment_of
from payments.queries.disputes import is_disputed


def locked_package(package_id: UUID) -> Package:
    """Lock a package: its visits are counted one customer's click after the other."""
    rows = Package.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("worker_service__worker").filter(pk=package_id).first()
    if found is None:
        raise NotFound(what="package")
    return found


def take_credit(*, booking: Booking, package_id: UUID) -> PackageCredit:
    """Let the next visit of a package pay for a booking that is being made, or refuse.

    The booking's price becomes that visit's. Write it down with `mark_used` once it is stored.
    """
    package = locked_package(package_id)
    if package.state != Package.OPEN or not package.expires_at:
        raise PackageNotOpen
    if clock.now() >= package.expires_at:
        raise PackageNotOpen
    free = free_credits(package)
    if not free:
        raise NothingLeft
    assert package.payment_id
    payment = payment_of(package.payment_id)
    if is_disputed(payment) or deposit_left(payment) < free[0].value:
        raise PackageStopped
    credit = free[0]
    for name, value in columns_of_credit(credit).items():
        setattr(booking, name, value)
    booking.paid_ahead, booking.payment_id = credit, package.payment_id
    return credit


def columns_of_credit(credit: PackageCredit) -> dict[str, int]:
    """Return the columns of a price that a visit of a package sets."""
    parts = ("worker", "tenant", "platform", "processor", "tax", "commission")
    return {f"{name}_minor": getattr(credit, f"{name}_minor") for name in parts} | {
        "work_minor": credit.value_minor
    }


def mark_used(*, by: Actor, booking: Booking) -> None:
    """Write down that a booking has used a visit; its package is locked."""
    assert booking.paid_ahead
    _move(booking.paid_ahead, CreditMove.USED, by=by, booking=booking)
    left = len(free_credits(booking.paid_ahead.package))
    if left == 0:
        tell_owner(booking.paid_ahead.package, notices.USED_UP, f"used_up:{booking.pk.hex[-8:]}")


def _move(
    credit: PackageCredit, kind: str, *, by: Actor, booking: Booking | None = None
) -> CreditMove:
    place = credit.moves.count() + 1
    return CreditMove.objects.create(
        credit=credit, place=place, kind=kind, booking=booking, by_role=by.role
    )


def let_leave(credits: list[PackageCredit], kind: str, *, by: Actor) -> int:
    """Write down that visits leave a package for ever, and return what they are worth."""
    for credit in credits:
        _move(credit, kind, by=by)
    return sum(credit.value_minor for credit in credits)


def come_back(*, booking: Booking, rate_bp: int) -> bool:
    """Give a visit back to its package if so little is kept that it was not used; tell whether.

    If the package is over meanwhile, its money goes back instead: it was paid for.
    """
    credit = booking.paid_ahead
    assert credit
    package = locked_package(credit.package_id)
    if ended_at_rate(credit.blocks, rate_bp=rate_bp, fee_tax_bp=booking.fee_tax_bp).used:
        return False
    if CreditMove.objects.filter(booking=booking, kind=CreditMove.RETURNED).exists():
        return True
    _move(credit, CreditMove.RETURNED, by=SYSTEM, booking=booking)
    over = package.expires_at is None or clock.now() >= package.expires_at
    if over or package.state != Package.OPEN:
        give_back(package, [credit], by=SYSTEM, key=f"{booking.reference}:credit")
    else:
        tell_owner(package, notices.CREDIT_BACK, f"back:{booking.pk.hex[-8:]}", code=booking.code)
    return True


def give_back(package: Package, credits: list[PackageCredit], *, by: Actor, key: str) -> None:
    """Let visits leave a package, and send back what was paid for them."""
    assert package.payment_id
    minor = let_leave(credits, CreditMove.REFUNDED, by=by)
    refund(
        by=by,
        payment_id=package.payment_id,
        amount=Money(package.currency, minor),
        tip=Money(package.currency, 0),
        reason="package",
        key=key,
    )
    tell_owner(package, notices.REFUNDED, f"refund:{key[-8:]}", refund_minor=minor)
