"""The index of what can be found: a row per worker and service, kept by handlers."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from kernel import clock
from marketplace.catalog.models import Category, Service, Worker, WorkerService
from tenants.tenancy.models import TenantModel


class WeighedWords(models.Func):
    """The words of title, skills and text as a vector, in falling weight. PostgreSQL keeps it."""

    template = (
        "setweight(to_tsvector('simple'::regconfig, title), 'A') ||"
        " setweight(to_tsvector('simple'::regconfig, skills), 'B') ||"
        " setweight(to_tsvector('simple'::regconfig, about), 'C')"
    )
    output_field = SearchVectorField()


class MinuteRanges(models.Field):  # type: ignore[type-arg]  # Not subscriptable when it runs.
    """Ranges of minutes since 1970, written as PostgreSQL writes them: "{[10,20),[30,31)}"."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return PostgreSQL's name of it."""
        return "int4multirange"


class SearchRow(TenantModel):
    """One worker's service as a search sees it. Texts are folded; see `rules.words`."""

    offer = models.OneToOneField(WorkerService, on_delete=models.CASCADE, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="+")
    bookable = models.BooleanField(default=False)
    title = models.TextField()
    skills = models.TextField()
    about = models.TextField()
    words = models.GeneratedField(
        expression=WeighedWords(), output_field=SearchVectorField(), db_persist=True
    )
    languages = ArrayField(models.CharField(max_length=5), default=list)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    public_latitude = models.FloatField(null=True, help_text="The middle of a 500 m square.")
    public_longitude = models.FloatField(null=True)
    radius_km = models.PositiveSmallIntegerField(default=0)
    price_minor = models.BigIntegerField()
    variants = models.JSONField(default=dict, help_text="Id of a variant → its price here.")
    answers = models.JSONField(default=dict, help_text="Code of a question → what was chosen.")
    verified = models.BooleanField(default=False)
    minutes = models.PositiveSmallIntegerField()
    rating = models.FloatField(null=True, help_text="The average that people see.")
    jobs_done = models.PositiveIntegerField(default=0)
    next_slot_at = models.DateTimeField(null=True)
    free = MinuteRanges(null=True, help_text="When a job may start; see `rules.free_times`.")
    free_step = models.PositiveSmallIntegerField(default=1, help_text="Minutes between starts.")
    free_until = models.DateTimeField(null=True, help_text="How far ahead that is known.")
    min_notice = models.PositiveIntegerField(default=0)
    horizon_days = models.PositiveSmallIntegerField(default=0)
    refreshed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "latitude"],
                name="search_row_by_place",
                condition=models.Q(bookable=True),
            ),
            models.Index(
                fields=["tenant", "service", "latitude"],
                name="search_row_by_service",
                condition=models.Q(bookable=True),
            ),
            models.Index(fields=["tenant", "worker"], name="search_row_of_worker"),
        ]

    def __str__(self) -> str:
        return self.title


class Stirred(TenantModel):
    """A calendar that moved since its free times were written: the slot rule is asked instead.

    Triggers write it, at every business of the person, in the transaction that moves the calendar.
    What is held stirs until it runs out.
    """

    rights: ClassVar[str] = "select, delete"

    worker_id = models.UUIDField()
    occupancy_id = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "stirred"
        indexes = [models.Index(fields=["tenant", "worker_id"], name="stirred_worker")]

    def __str__(self) -> str:
        return str(self.worker_id)


class SearchMade(TenantModel):
    """That somebody searched at a moment, and whether anybody who fitted was free soon."""

    rights: ClassVar[str] = "select, insert, delete"

    at = models.DateTimeField(default=clock.now)
    soon = models.BooleanField(help_text="Somebody was free within seven days.")

    class Meta:
        verbose_name_plural = "searches made"
        indexes = [models.Index(fields=["tenant", "at"], name="search_made_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.soon}"
