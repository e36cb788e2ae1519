"""The index of what can be found: a row per worker and service, kept by handlers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

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
    refreshed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "latitude"],
                name="search_row_by_place",
                condition=models.Q(bookable=True),
            ),
            models.Index(fields=["tenant", "worker"], name="search_row_of_worker"),
        ]

    def __str__(self) -> str:
        return self.title
