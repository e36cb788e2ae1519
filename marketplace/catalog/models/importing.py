"""Lists that an office brings along: what was read of them, and what of ours is what of theirs."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock, crypto
from kernel.context import current_tenant
from tenants.tenancy.models import Membership, TenantModel


class ImportJob(TenantModel):
    """One list on its way in: looked at first, then taken in, with progress and what was wrong."""

    CHECKING, CHECKED, REFUSED, RUNNING, DONE, FAILED = (
        *("checking", "checked", "refused", "running", "done", "failed"),
    )

    kind = models.CharField(max_length=9)
    name = models.CharField(max_length=120, blank=True, help_text="What the file was called.")
    content = models.BinaryField(help_text="Sealed: it names people.")
    state = models.CharField(max_length=8, default=CHECKING)
    rows = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, help_text="The first thousand: row, column, reason.")
    problem_count = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                name="import_of_a_known_kind_and_state",
                condition=Q(
                    kind__in=("services", "workers", "customers"),
                    state__in=("checking", "checked", "refused", "running", "done", "failed"),
                ),
            ),
            models.CheckConstraint(
                name="import_reads_no_more_than_there_is",
                condition=Q(rows__lte=50_000, read__lte=models.F("rows")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state} {self.read}/{self.rows}"

    @property
    def text(self) -> str:
        """The list as it came."""
        return crypto.unseal(bytes(self.content), about=self._about).decode()

    @text.setter
    def text(self, text: str) -> None:
        self.content = crypto.seal(text.encode(), about=self._about)

    @property
    def _about(self) -> str:
        return f"{current_tenant()}|catalog.importjob|{self.pk}"


class ExternalId(TenantModel):
    """Which row of ours is which of another system: so that a list can come twice."""

    rights: ClassVar[str] = "select, insert"

    kind = models.CharField(max_length=9)
    external_id = models.CharField(max_length=80)
    row_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "external_id"], name="external_id_means_one_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"
