"""Questions about packages: what is sold, what somebody has left, where each visit went."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import Mod

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotFound
from kernel.money import Money
from marketplace.bookings.models import CreditMove, Package, PackageCredit, PackageOffer
from marketplace.bookings.rules.lines import Kind, Line
from marketplace.bookings.rules.packages import DoesNotFit, NothingLeft, PackageNotOpen
from marketplace.bookings.rules.price import Price
from marketplace.catalog.models import WorkerService
from marketplace.catalog.rules.composition import Composed


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A package as its owner sees it."""

    package: Package
    left: int
    booked: int
    refundable: Money

    @property
    def usable(self) -> bool:
        """Tell whether a visit can be booked with it now."""
        package = self.package
        running = package.expires_at is not None and clock.now() < package.expires_at
        return package.state == Package.OPEN and running and self.left > 0


def offered_packages(worker_id: UUID) -> QuerySet[PackageOffer]:
    """Return what a worker's visits are sold in, the smallest first."""
    rows = PackageOffer.objects.filter(
        active=True,
        worker_service__worker_id=worker_id,
        worker_service__state=WorkerService.PUBLISHED,
        worker_service__service__active=True,
    )
    return rows.select_related("worker_service__service", "worker_service__worker").order_by(
        "worker_service__service__name", "visits"
    )


def package_offer(offer_id: UUID) -> PackageOffer:
    """Return something that is, or was, sold here."""
    rows = PackageOffer.objects.select_related("worker_service__service", "worker_service__worker")
    if (found := rows.filter(pk=offer_id).first()) is None:
        raise NotFound(what="package")
    return found


def package_offers_for(by: Actor) -> QuerySet[PackageOffer]:
    """Return everything that is sold, to the office."""
    if not by.works_in_office:
        raise NotFound(what="package")
    return PackageOffer.objects.select_related(
        "worker_service__service", "worker_service__worker"
    ).order_by("-active", "-pk")


def packages_for(by: Actor) -> QuerySet[Package]:
    """Return everything that was bought, newest first, to the office."""
    if not by.works_in_office:
        raise NotFound(what="package")
    return _packages().exclude(state=Package.DROPPED).order_by("-pk")


def packages_of(by: Actor) -> QuerySet[Package]:
    """Return the packages that a customer has paid, newest first."""
    return _mine(by).filter(state__in=(Package.OPEN, Package.OVER)).order_by("-pk")


def package_of(by: Actor, package_id: UUID) -> Package:
    """Return a package to whoever bought it, or to the office; for all others there is none."""
    rows = _packages() if by.works_in_office else _mine(by)
    if (found := rows.filter(pk=package_id).first()) is None:
        raise NotFound(what="package")
    return found


def _packages() -> QuerySet[Package]:
    return Package.objects.select_related(
        "customer__user", "worker_service__service", "worker_service__worker__member"
    )


def _mine(by: Actor) -> QuerySet[Package]:
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotFound(what="package")
    return _packages().filter(customer_id=by.member_id)


def free_credits(package: Package) -> list[PackageCredit]:
    """Return the visits of a package that are neither used nor over, the first one first."""
    rows = package.credits.annotate(away=Mod(Count("moves"), 2))
    return list(rows.filter(away=0).order_by("number"))


def held(package: Package) -> Held:
    """Return what is left of a package."""
    free = free_credits(package)
    worth = sum(each.value_minor for each in free)
    return Held(
        package=package,
        left=len(free),
        booked=package.credits.count() - len(free),
        refundable=Money(package.currency, worth),
    )


def usable_for(by: Actor, offer: WorkerService) -> list[Held]:
    """Return the packages with which a customer can book this service now: ends first, first."""
    rows = _mine(by).filter(state=Package.OPEN, worker_service=offer, expires_at__gt=clock.now())
    found = [held(each) for each in rows.order_by("expires_at", "pk")]
    return [each for each in found if each.usable]


def package_that_pays(
    *, customer_id: UUID | None, package_id: UUID, offer: WorkerService, composed: Composed
) -> Package:
    """Return a customer's package that fits what they want, or refuse."""
    found = _packages().filter(pk=package_id, customer_id=customer_id).first()
    if found is None:
        raise NotFound(what="package")
    if found.state != Package.OPEN or not found.expires_at or clock.now() >= found.expires_at:
        raise PackageNotOpen
    same = found.worker_service_id == offer.pk and found.variant_id == composed.variant
    if not same or composed.extras or composed.units:
        raise DoesNotFit
    return found


def price_in_package(
    *, customer_id: UUID | None, package_id: UUID, offer: WorkerService, composed: Composed
) -> tuple[Package, Price]:
    """Return a customer's package that pays a visit, and the price: what its next one is worth."""
    package = package_that_pays(
        customer_id=customer_id, package_id=package_id, offer=offer, composed=composed
    )
    free = free_credits(package)
    if not free:
        raise NothingLeft
    credit, part = free[0], composed.work
    line = Line(
        kind=Kind.SERVICE,
        code=part.code,
        label=part.label,
        unit_minor=credit.value_minor,
        source=package.reference,
    )
    return package, Price(
        lines=(line,),
        work_minor=credit.value_minor,
        commission_minor=credit.commission_minor,
        fee_minor=0,
        blocks=credit.blocks,
    )


def moves_of(package: Package) -> QuerySet[CreditMove]:
    """Return where the visits of a package went, in order."""
    rows = CreditMove.objects.filter(credit__package=package)
    return rows.select_related("credit", "booking").order_by("at", "pk")
