"""What each worker offers, what of it waits to be read, and why somebody may not work."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kernel import clock
from kernel.money import Money
from marketplace.catalog.models.parts import Variant
from marketplace.catalog.models.service import Service
from marketplace.catalog.models.worker import Worker
from marketplace.catalog.rules.offer_states import LONGEST_ABOUT, MOST_PHOTOS, OfferState
from tenants.tenancy.models import Membership, TenantModel


class WorkerService(TenantModel):
    """One service as one worker offers it, at the tenant's price or the worker's own.

    What stands here is what customers see; a change that has to be read first is a `Revision`.
    """

    DRAFT, PENDING, PUBLISHED, HIDDEN, REJECTED = tuple(OfferState)

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="services")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="offers")
    price_minor = models.BigIntegerField(null=True, blank=True)
    about = models.TextField(max_length=LONGEST_ABOUT, blank=True)
    photo_ids = ArrayField(models.UUIDField(), size=MOST_PHOTOS, default=list, blank=True)
    state = models.CharField(max_length=9, default=DRAFT)
    state_note = models.CharField(max_length=1000, blank=True)
    state_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker", "service"], name="service_once_per_worker"
            ),
            models.CheckConstraint(
                name="worker_service_state_known",
                condition=Q(state__in=("draft", "pending", "published", "hidden", "rejected")),
            ),
            models.CheckConstraint(
                name="worker_service_photos_few", condition=Q(photo_ids__len__lte=MOST_PHOTOS)
            ),
            models.CheckConstraint(
                name="worker_service_price_sensible",
                condition=Q(price_minor__isnull=True) | Q(price_minor__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.service}"

    @property
    def price(self) -> Money:
        """What it costs with this worker."""
        own = self.price_minor
        return self.service.price if own is None else Money(self.service.currency, own)


class OfferedVariant(TenantModel):
    """What one worker asks for one variant of a service, or that they do not offer it."""

    offer = models.ForeignKey(WorkerService, on_delete=models.CASCADE, related_name="variants")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    offered = models.BooleanField(default=True)
    price_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "offer", "variant"], name="variant_once_per_offer"
            ),
            models.CheckConstraint(
                name="offered_variant_price_sensible",
                condition=Q(price_minor__isnull=True) | Q(price_minor__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} · {self.variant.name}"


class Revision(TenantModel):
    """Changes that somebody reads before customers do; the approved text stays until then.

    `changes` is a list of {key, label, was, now}. A thing has one revision that waits.
    """

    PENDING, APPROVED, REJECTED = "pending", "approved", "rejected"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(WorkerService, on_delete=models.CASCADE, null=True, related_name="+")
    changes = models.JSONField(default=list)
    state = models.CharField(max_length=8, default=PENDING)
    made_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker", "offer"],
                name="one_revision_waits",
                condition=Q(state="pending"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="revision_is_decided_by_somebody",
                condition=Q(state="pending", decided_at__isnull=True)
                | Q(state__in=("approved", "rejected"), decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer or self.worker}: {self.state}"


class Suspension(TenantModel):
    """Why somebody may not work for a while: proposed by anybody, decided by a person."""

    PROPOSED, NOTIFIED, HELD, DECIDED, LAPSED, ENDED, DISMISSED = (
        *("proposed", "notified", "held", "decided", "lapsed", "ended", "dismissed"),
    )
    OPEN = (PROPOSED, NOTIFIED, HELD, DECIDED)

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20)
    note = models.TextField(max_length=1000)
    evidence = models.TextField(max_length=2000)
    state = models.CharField(max_length=9)
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+"
    )
    effective_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True, help_text="Unless a decision is written by then.")
    decision = models.TextField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker"],
                name="one_suspension_at_a_time",
                condition=Q(state__in=("proposed", "notified", "held", "decided")),
            ),
            models.CheckConstraint(
                name="suspension_decided_by_a_person",
                condition=Q(state__in=("proposed", "dismissed")) | Q(decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="suspension_held_for_a_while_or_decided_in_writing",
                condition=(~Q(state="held") | Q(lapses_at__isnull=False))
                & (~Q(state="decided") | ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.reason} {self.state}"
