"""Workers' answers, kept so that nobody can tell who gave which.

`WaveInvite` knows who was asked and whether the person is done, never when. `WaveStaged` holds
sealed answers without a person. A job moves them in shuffled batches to `WaveAnswer`, under new
random ids, and writes all invites of the wave anew, so that no transaction id ties them together.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from tenants.tenancy.models import Membership, TenantModel


class Wave(TenantModel):
    """A round of asking all workers, open for some days."""

    number = models.PositiveIntegerField()
    opened_on = models.DateField()
    closes_at = models.DateTimeField()
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="wave_number_unique"),
            models.UniqueConstraint(
                fields=["tenant"], name="one_open_wave", condition=Q(closed=False)
            ),
        ]

    def __str__(self) -> str:
        return f"wave {self.number}"


class WaveInvite(TenantModel):
    """Somebody who may answer in a wave. No time, so that nothing dates an answer."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    group = models.CharField(max_length=50, help_text="As it was when the wave opened.")
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "wave", "member"], name="invited_once"),
            models.UniqueConstraint(fields=["tenant", "code_hash"], name="wave_code_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id} {'done' if self.done else 'open'}"


class WaveStaged(TenantModel):
    """A sealed answer that nobody but the counting job can read."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.wave_id} sealed"


class WaveAnswer(TenantModel):
    """An answer without a person: the wave, the group it was snapshotted in, the value.

    Only `queries.wave_scores` reads it, and gives out no single one.
    """

    rights: ClassVar[str] = "select, insert"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=50)
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="wave_answer_0_to_10", condition=Q(value__range=(0, 10)))
        ]

    def __str__(self) -> str:
        return str(self.value)
