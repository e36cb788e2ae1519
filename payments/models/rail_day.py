"""What leaves in a day, where there is a most that may."""

from django.db import models
from django.db.models import F, Q

from tenants.tenancy.models import TenantModel


class RailDay(TenantModel):
    """What all workers together have been promised of one provider in a day; locked to count."""

    provider = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    day = models.DateField(help_text="Where the business is.")
    used_minor = models.BigIntegerField(default=0)
    most_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "currency", "day"], name="one_count_a_day"
            ),
            models.CheckConstraint(
                name="no_more_than_the_day_takes", condition=Q(used_minor__lte=F("most_minor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.provider}: {self.used_minor} of {self.most_minor}"
