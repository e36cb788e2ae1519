"""Where somebody goes besides the circle around their base, and where they do not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.models.category import Zone
from marketplace.catalog.models.offer import WorkerService
from marketplace.catalog.models.worker import Worker
from tenants.tenancy.models import TenantModel


class AreaPart(TenantModel):
    """A circle, a part of town or a postal code that belongs to somebody's area, or is cut out.

    With an offer it is about that service alone, and then stands instead of the worker's own area.
    """

    CIRCLE, ZONE, POSTAL = "circle", "zone", "postal"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="area_parts")
    offer = models.ForeignKey(
        WorkerService, on_delete=models.CASCADE, null=True, related_name="area_parts"
    )
    kind = models.CharField(
        max_length=6,
        choices=[
            (CIRCLE, _("a circle")),
            (ZONE, _("a part of town")),
            (POSTAL, _("a postal code")),
        ],
    )
    excluded = models.BooleanField(default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    radius_km = models.FloatField(null=True)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, related_name="+")
    postal_code = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="area_part_is_whole",
                condition=Q(
                    kind="circle",
                    latitude__isnull=False,
                    longitude__isnull=False,
                    radius_km__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    radius_km__range=(1, 100),
                    zone__isnull=True,
                    postal_code="",
                )
                | Q(kind="zone", zone__isnull=False, radius_km__isnull=True, postal_code="")
                | (
                    Q(kind="postal", zone__isnull=True, radius_km__isnull=True) & ~Q(postal_code="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}: {self.kind}"
