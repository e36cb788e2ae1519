"""Who works for a tenant, and what each of them offers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kernel import clock
from marketplace.catalog.rules.areas import Circle, Place
from marketplace.catalog.rules.worker_states import State
from tenants.tenancy.models import Membership, StoredFile, TenantModel


class Worker(TenantModel):
    """A person who does the work: standing, profile, area and reputation at this tenant."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField()
    name = models.CharField(max_length=80, help_text="First name and initial, as others see it.")
    headline = models.CharField(max_length=80)
    bio = models.TextField(max_length=1500, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    state = models.CharField(max_length=10, default=State.APPLIED)
    state_reason = models.CharField(max_length=20, blank=True)
    state_note = models.TextField(max_length=1000, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    tier = models.CharField(max_length=20, blank=True, help_text="A label set by the team.")
    state_at = models.DateTimeField(default=clock.now)
    applied_at = models.DateTimeField(default=clock.now)
    approved_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=40, help_text="IANA time zone of the weekly plan.")
    base_latitude = models.FloatField(null=True, blank=True)
    base_longitude = models.FloatField(null=True, blank=True)
    radius_km = models.PositiveSmallIntegerField(default=10)
    goes_around = models.BooleanField(default=True, help_text="The circle is part of the area.")
    rating = models.FloatField(null=True, blank=True, help_text="The average that people see.")
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    jobs_done = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member"], name="one_worker_per_member"),
            models.UniqueConstraint(fields=["tenant", "slug"], name="worker_slug_unique"),
            models.CheckConstraint(
                name="worker_state_known",
                condition=Q(
                    state__in=(
                        "applied",
                        "in_review",
                        "needs_info",
                        "rejected",
                        "approved",
                        "paused",
                        "suspended",
                        "left",
                    )
                ),
            ),
            models.CheckConstraint(
                name="worker_base_is_whole",
                condition=Q(base_latitude__isnull=True, base_longitude__isnull=True)
                | Q(base_latitude__range=(-90, 90), base_longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="worker_radius_within_limits", condition=Q(radius_km__range=(1, 100))
            ),
        ]
        indexes = [models.Index(fields=["tenant", "state"], name="worker_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def photo_path(self) -> str:
        """Where the photo is, or nothing; the address changes with the photo."""
        return f"/w/{self.slug}/photo/?v={self.photo_id.hex[-8:]}" if self.photo_id else ""

    @property
    def area(self) -> Circle | None:
        """Where this person goes, once a base is set."""
        if self.base_latitude is None or self.base_longitude is None:
            return None
        return Circle(Place(self.base_latitude, self.base_longitude), self.radius_km)
