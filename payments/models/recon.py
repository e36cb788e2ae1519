"""What providers' statements say, line by line, and how a night's comparison with them went."""

from django.db import models
from django.db.models import Q

from kernel import clock
from payments.rules.recon import RESULTS
from tenants.tenancy.models import TenantModel


class ReconRun(TenantModel):
    """One comparison of our books with themselves and with a provider; rows of the house."""

    provider = models.CharField(max_length=20)
    day = models.DateField()
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    lines = models.PositiveIntegerField(default=0)
    open_lines = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=list, help_text="Every equation, by currency.")
    broken = models.JSONField(default=list, help_text="The equations that do not hold.")

    class Meta:
        indexes = [models.Index(fields=["tenant", "-started_at"], name="recon_run_newest")]

    def __str__(self) -> str:
        return f"{self.provider} {self.day}"

    @property
    def holds(self) -> bool:
        """Whether every equation holds, and every line has its match."""
        return not self.broken and not self.open_lines


class ReconLine(TenantModel):
    """One line of a provider's statement, or one of ours that it lacks; rows of the house."""

    provider = models.CharField(max_length=20)
    line_id = models.CharField(max_length=120)
    category = models.CharField(max_length=40)
    source = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    available_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=12)
    lacks_minor = models.BigIntegerField(
        default=0, help_text="What our books of that account lack, as far as a person may book it."
    )
    of_tenant = models.BigIntegerField(null=True)
    matched = models.CharField(max_length=80, blank=True, help_text="Kind and id of our row.")
    first_seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "line_id"], name="statement_line_once"
            ),
            models.CheckConstraint(name="line_result_known", condition=Q(result__in=RESULTS)),
        ]
        indexes = [
            models.Index(fields=["tenant", "source"], name="line_of_source"),
            models.Index(
                fields=["tenant", "made_at"],
                name="line_open",
                condition=~Q(result__in=("matched", "settled")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.category} {self.amount_minor}: {self.result}"
