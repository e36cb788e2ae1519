"""What two people say about a visit, and everything that happened to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from marketplace.bookings.models import Booking
from marketplace.catalog.models import Worker
from reviews.rules.review_states import VISIBLE, State
from tenants.tenancy.models import Membership, StoredFile, TenantModel


class Review(TenantModel):
    """One side's review of a visit. Once revealed, the database lets nobody change what it says.

    A customer's is public, a worker's stays between its author and the moderators.
    """

    CUSTOMER, WORKER = "customer", "worker"
    VERIFIED, DECLARED = "verified", "declared"

    side = models.CharField(max_length=8)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    stars = models.PositiveSmallIntegerField(null=True, help_text="None once withdrawn.")
    criteria = models.JSONField(default=dict, help_text="1 to 5 by criterion.")
    tags = models.JSONField(default=list, help_text="A worker's words for a visit.")
    text = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=5, blank=True)
    label = models.CharField(max_length=8, default=DECLARED)
    state = models.CharField(max_length=11, default=State.SEALED)
    reason = models.CharField(max_length=20, blank=True, help_text="Why it does not count.")
    device = models.CharField(max_length=32, blank=True, help_text="Fingerprint; engine only.")
    submitted_at = models.DateTimeField(default=clock.now)
    revealed_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "booking", "side"], name="one_review_per_side"
            ),
            models.CheckConstraint(
                name="review_side_known", condition=Q(side__in=("customer", "worker"))
            ),
            models.CheckConstraint(
                name="review_state_known",
                condition=Q(state__in=tuple(state.value for state in State)),
            ),
            models.CheckConstraint(
                name="review_has_stars_until_withdrawn",
                condition=Q(stars__range=(1, 5)) | Q(stars__isnull=True, state="withdrawn"),
            ),
            models.CheckConstraint(
                name="review_sealed_until_revealed",
                condition=Q(revealed_at__isnull=True, state__in=("sealed", "withdrawn"))
                | Q(revealed_at__isnull=False) & ~Q(state="sealed"),
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "worker", "-submitted_at"], name="reviews_of_worker"),
            models.Index(fields=["tenant", "state"], name="reviews_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.state}"

    @property
    def at(self) -> State:
        """Where it stands."""
        return State(self.state)

    @property
    def is_public(self) -> bool:
        """Tell whether everybody may read it."""
        return self.side == self.CUSTOMER and self.at in VISIBLE


class ReviewPhoto(TenantModel):
    """A photo of the finished work, shown with the review."""

    rights: ClassVar[str] = "select, insert, delete"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "review", "position"], name="review_photo_place_once"
            ),
            models.CheckConstraint(
                name="review_at_most_six_photos", condition=Q(position__range=(1, 6))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.position}"


class ReviewStep(TenantModel):
    """One step of a review: who took it, from where to where, why. Never edited."""

    rights: ClassVar[str] = "select, insert"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=14)
    origin = models.CharField(max_length=11, blank=True)
    state = models.CharField(max_length=11)
    actor_role = models.CharField(max_length=8)
    actor_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["tenant", "review", "at"], name="review_story")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.step} → {self.state}"


class ReviewReply(TenantModel):
    """What the worker answers: once, and for good."""

    rights: ClassVar[str] = "select, insert"

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="reply")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"reply to {self.review_id}"


class ReviewReport(TenantModel):
    """Somebody thinks that a review should not be there. By itself it changes nothing."""

    rights: ClassVar[str] = "select, insert"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reports")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "review", "by"], name="one_report_each")
        ]

    def __str__(self) -> str:
        return f"report of {self.review_id}"
