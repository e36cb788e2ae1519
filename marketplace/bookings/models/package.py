"""Several visits paid ahead: what is sold, what was bought, and where each of its visits went."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models.priced import Priced, pays_somehow, sums_to_total
from marketplace.bookings.rules.packages import (
    LEAST_DAYS,
    LEAST_VISITS,
    MOST_DAYS,
    MOST_VISITS,
    USUAL_DAYS,
)
from marketplace.catalog.models import WorkerService
from payments.rules.blocks import PriceBlocks
from tenants.tenancy.models import Membership, TenantModel


def sensible(visits: str, days: str) -> Q:
    """Return the condition that a package has as many visits and lasts as long as it may."""
    return Q(
        **{
            f"{visits}__range": (LEAST_VISITS, MOST_VISITS),
            f"{days}__range": (LEAST_DAYS, MOST_DAYS),
        }
    )


class PackageOffer(TenantModel):
    """Visits of one worker's service, sold together for one price."""

    worker_service = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    variant_id = models.UUIDField(null=True, help_text="Which form of the service, if it has any.")
    visits = models.PositiveSmallIntegerField()
    price_minor = models.BigIntegerField()
    days = models.PositiveSmallIntegerField(default=USUAL_DAYS, help_text="How long it lasts.")
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="package_offer_sensible", condition=sensible("visits", "days")
            ),
            models.CheckConstraint(
                name="package_offer_covers_each_visit", condition=Q(price_minor__gte=F("visits"))
            ),
            models.UniqueConstraint(
                fields=["tenant", "worker_service", "variant_id", "visits"],
                name="package_offered_once",
                condition=Q(active=True),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visits} × {self.worker_service_id}: {self.price_minor}"

    @property
    def price(self) -> Money:
        """What all of it costs."""
        return Money(self.worker_service.service.currency, self.price_minor)

    @property
    def each(self) -> Money:
        """What one visit of it costs."""
        return Money(self.price.currency, self.price_minor // self.visits)


class Package(Priced, TenantModel):
    """Visits that a customer paid ahead. The price is of all of them, with its six parts."""

    PENDING, OPEN, OVER, DROPPED = STATES = ("pending", "open", "over", "dropped")

    offer = models.ForeignKey(PackageOffer, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    worker_service = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    variant_id = models.UUIDField(null=True)
    service_name = models.CharField(max_length=80)
    visits = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, default=PENDING)
    payment_id = models.UUIDField(null=True)
    key = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=clock.now)
    bought_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "customer", "key"], name="package_key_once"),
            models.CheckConstraint(name="package_sensible", condition=sensible("visits", "days")),
            models.CheckConstraint(name="package_parts_not_negative", condition=sums_to_total()),
            models.CheckConstraint(name="package_paid_somehow", condition=pays_somehow()),
            models.CheckConstraint(
                name="package_state_known",
                condition=Q(state__in=("pending", "open", "over", "dropped")),
            ),
            models.CheckConstraint(
                name="package_open_has_an_end",
                condition=~Q(state="open") | Q(bought_at__isnull=False, expires_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "customer", "state"], name="package_of_customer")]

    def __str__(self) -> str:
        return f"{self.visits} × {self.service_name} {self.state}"

    @property
    def reference(self) -> str:
        """What floors below call it."""
        return f"package:{self.pk}"


class PackageCredit(TenantModel):
    """One visit of a package: what it is worth, and its parts. Never edited."""

    rights: ClassVar[str] = "select, insert"

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="credits")
    number = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    worker_minor = models.BigIntegerField()
    tenant_minor = models.BigIntegerField()
    platform_minor = models.BigIntegerField()
    processor_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    commission_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "package", "number"], name="package_credit_counted_once"
            ),
            models.CheckConstraint(
                name="package_credit_counts", condition=Q(number__range=(1, MOST_VISITS))
            ),
            models.CheckConstraint(
                name="package_credit_parts_not_negative",
                condition=Q(
                    worker_minor__gte=0,
                    platform_minor__gte=0,
                    processor_minor__gte=0,
                    tax_minor__gte=0,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.package_id} {self.number}: {self.value_minor} {self.currency}"

    @property
    def blocks(self) -> PriceBlocks:
        """Its parts."""
        names = ("worker", "tenant", "platform", "processor", "tax")
        return PriceBlocks.of(
            self.currency, **{name: getattr(self, f"{name}_minor") for name in names}
        )

    @property
    def value_minor(self) -> int:
        """What it is worth."""
        return self.blocks.total.minor

    @property
    def value(self) -> Money:
        """What it is worth."""
        return self.blocks.total


class CreditMove(TenantModel):
    """A visit of a package leaves it, or comes back. Never edited.

    Odd places leave, even ones return: nothing can leave twice, however many try at once.
    """

    USED, RETURNED, REFUNDED, EXPIRED = KINDS = ("used", "returned", "refunded", "expired")
    rights: ClassVar[str] = "select, insert"

    credit = models.ForeignKey(PackageCredit, on_delete=models.PROTECT, related_name="moves")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    booking = models.ForeignKey(
        "bookings.Booking", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_role = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "credit", "place"], name="credit_leaves_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "booking", "kind"],
                name="one_credit_per_booking",
                condition=Q(booking__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["tenant", "credit"],
                name="credit_ends_once",
                condition=Q(kind__in=("refunded", "expired")),
            ),
            models.CheckConstraint(
                name="credit_leaves_then_returns",
                condition=(
                    Q(kind__in=("used", "refunded", "expired")) & Exact(Mod(F("place"), 2), 1)
                )
                | (Q(kind="returned") & Exact(Mod(F("place"), 2), 0)),
            ),
            models.CheckConstraint(
                name="credit_used_by_a_booking",
                condition=Q(kind__in=("used", "returned"), booking__isnull=False)
                | Q(kind__in=("refunded", "expired"), booking__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit_id} {self.place} {self.kind}"
