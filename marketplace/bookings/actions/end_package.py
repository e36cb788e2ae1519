"""What is left of a package goes back to whoever paid it, or its time is over."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.money import Money
from kernel.timers import cancel_timers
from marketplace.bookings.actions.buy_package import ENDS, REMINDS, tell_owner
from marketplace.bookings.actions.spend_package import give_back, let_leave, locked_package
from marketplace.bookings.models import CreditMove, Package
from marketplace.bookings.notices import packages as notices
from marketplace.bookings.queries.packages import free_credits, package_of
from marketplace.bookings.rules.packages import (
    NothingLeft,
    PackageNotOpen,
    PackageStopped,
    forfeited_tax,
)
from payments.actions.forfeit import forfeit
from payments.queries import payment_of
from payments.queries.disputes import is_disputed


@transaction.atomic
def refund_package(*, by: Actor, package_id: UUID) -> Package:
    """Give back what was paid for the visits that are not used or booked, until the package ends.

    Visits that are booked take place; one that is cancelled later goes back as money, too.
    """
    package = locked_package(package_of(by, package_id).pk)
    if package.state != Package.OPEN or not package.expires_at:
        raise PackageNotOpen
    if clock.now() >= package.expires_at:
        raise PackageNotOpen
    free = free_credits(package)
    if not free:
        raise NothingLeft
    assert package.payment_id
    if is_disputed(payment_of(package.payment_id)):
        raise PackageStopped
    give_back(package, free, by=by, key=f"{package.reference}:refund")
    package.state = Package.OVER
    package.save(update_fields=["state"])
    cancel_timers(package.pk, ENDS, REMINDS)
    return package


@transaction.atomic
def expire_package(*, package_id: UUID) -> Package:
    """Close a package whose time is over; what was not used is the business's."""
    package = locked_package(package_id)
    over = package.expires_at is not None and package.expires_at <= clock.now()
    if package.state != Package.OPEN or not over:
        return package
    package.state = Package.OVER
    package.save(update_fields=["state"])
    if free := free_credits(package):
        assert package.payment_id
        minor = let_leave(free, CreditMove.EXPIRED, by=SYSTEM)
        tax = forfeited_tax([each.value_minor for each in free], fee_tax_bp=package.fee_tax_bp)
        forfeit(
            payment_id=package.payment_id,
            amount=Money(package.currency, minor),
            tax=Money(package.currency, tax),
            key=f"{package.reference}:expired",
        )
        tell_owner(package, notices.EXPIRED, "expired", left=len(free))
    return package


@transaction.atomic
def remind_of_package(*, package_id: UUID) -> None:
    """Two weeks before the end, tell whoever has visits left."""
    package = locked_package(package_id)
    if package.state == Package.OPEN and (free := free_credits(package)):
        tell_owner(package, notices.ENDING, "ending", left=len(free))
