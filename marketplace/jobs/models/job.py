"""Work that a customer describes, to whom it was shown and why, and every step of its life."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kernel import clock
from kernel.money import Money
from marketplace.catalog.models import Service, Worker, WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.jobs.rules.posting import MOST_PHOTOS, Window
from marketplace.jobs.rules.states import JobState
from tenants.tenancy.models import Membership, StoredFile, TenantModel


class Job(TenantModel):
    """Work looking for offers. The text is kept as others may read it; `hidden` says what was not.

    The point is the middle of a 500 m square: nobody, not even we, needs the door yet.
    """

    rights: ClassVar[str] = "select, insert, update"

    code = models.CharField(max_length=8)
    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=2_000)
    hidden = models.JSONField(default=list, help_text="Kinds of contacts that were blanked out.")
    zone_name = models.CharField(max_length=80, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    windows = models.JSONField(default=list, help_text="Up to three [from, to]; none: any time.")
    zone = models.CharField(max_length=40)
    budget_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    max_offers = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(max_length=14, default=JobState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True, help_text="What the office said last.")
    made_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="job_code_unique"),
            models.CheckConstraint(
                name="job_state_known", condition=Q(state__in=[each.value for each in JobState])
            ),
            models.CheckConstraint(
                name="job_limits", condition=Q(max_offers__range=(1, 20), version__gte=1)
            ),
            models.CheckConstraint(
                name="job_budget_is_an_amount",
                condition=Q(budget_minor__isnull=True) | Q(budget_minor__gt=0),
            ),
            models.CheckConstraint(
                name="job_open_until_some_time",
                condition=Q(opened_at__isnull=True, open_until__isnull=True)
                | Q(open_until__gt=F("opened_at")),
            ),
            models.CheckConstraint(
                name="job_place_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "customer", "made_at"], name="job_of_customer"),
            models.Index(fields=["tenant", "state", "made_at"], name="job_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"

    @property
    def budget(self) -> Money | None:
        """What the customer has in mind."""
        return None if self.budget_minor is None else Money(self.currency, self.budget_minor)

    @property
    def place(self) -> Place | None:
        """Roughly where."""
        if self.latitude is None or self.longitude is None:
            return None
        return Place(self.latitude, self.longitude)

    @property
    def times(self) -> tuple[Window, ...]:
        """When the work may begin; none: whenever."""
        return tuple(Window(*map(datetime.fromisoformat, each)) for each in self.windows)


class JobPhoto(TenantModel):
    """A photo of what is to be done, without anything a camera adds."""

    rights: ClassVar[str] = "select, insert, delete"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "job", "position"], name="job_photo_place_once"
            ),
            models.CheckConstraint(
                name="job_at_most_six_photos", condition=Q(position__range=(1, MOST_PHOTOS))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.position}"


class Sent(TenantModel):
    """A job that was shown to somebody who could do it, and the record of the decision."""

    rights: ClassVar[str] = "select, insert"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="sent")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(WorkerService, on_delete=models.PROTECT, related_name="+")
    decision_id = models.UUIDField()
    rank = models.PositiveSmallIntegerField()
    km = models.FloatField()
    reasons = models.JSONField(default=list)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "job", "worker"], name="job_sent_once")
        ]
        indexes = [models.Index(fields=["tenant", "worker", "at"], name="job_sent_to_worker")]

    def __str__(self) -> str:
        return f"{self.job_id} → {self.worker_id}"


class JobStep(TenantModel):
    """One step of a job or of an offer for it. Never edited."""

    rights: ClassVar[str] = "select, insert"

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="steps")
    offer_id = models.UUIDField(null=True)
    step = models.CharField(max_length=12)
    origin = models.CharField(max_length=14, blank=True)
    state = models.CharField(max_length=14)
    actor_role = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["tenant", "job", "at"], name="job_step_in_order")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.step} → {self.state}"
