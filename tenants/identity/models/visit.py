"""An expected visit: who comes to whom, when, and how both can be sure."""

from django.db import models
from django.db.models import F, Q

from tenants.tenancy.models import Membership, TenantModel


class Visit(TenantModel):
    """Somebody is expected somewhere. Its id is that of the job in the floor above.

    The two codes are derived from the id and `gen` and never stored (`rules.pins`).
    """

    PIN, CUSTOMER_LINK, BADGE_SCAN = "pin", "customer_link", "badge_scan"

    worker = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=24, help_text="What the customer calls the job.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=40, help_text="IANA")
    kid = models.PositiveSmallIntegerField(help_text="The key that the codes are derived with.")
    gen = models.PositiveSmallIntegerField(default=1)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    proved_by = models.CharField(max_length=13, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="visit_proof_known",
                condition=Q(proved_at__isnull=True, proved_by="")
                | Q(proved_at__isnull=False, proved_by__in=("pin", "customer_link", "badge_scan")),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "worker", "starts_at"], name="visits_of_worker")]

    def __str__(self) -> str:
        return self.reference


class VisitLink(TenantModel):
    """The customer's own link to a visit: 130 random bits. Whoever has it is the customer."""

    token = models.CharField(max_length=26, unique=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "visit"], name="one_link_per_visit")
        ]

    def __str__(self) -> str:
        return f"…{self.token[-4:]}"
