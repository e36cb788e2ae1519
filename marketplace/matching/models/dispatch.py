"""What people said about being brought together: never with this one, or also at night."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kernel import clock
from marketplace.catalog.models import Worker
from tenants.tenancy.models import Membership, TenantModel


class PairBlock(TenantModel):
    """A worker and a customer who are not brought together again. Nobody is told."""

    WORKER, CUSTOMER = "worker", "customer"
    rights: ClassVar[str] = "select, insert, delete"

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    by_party = models.CharField(max_length=8)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "worker", "customer", "by_party"], name="block_once_per_side"
            ),
            models.CheckConstraint(
                name="block_is_by_one_of_the_pair",
                condition=Q(by_party__in=("worker", "customer")),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "customer"], name="block_of_customer")]

    def __str__(self) -> str:
        return f"{self.worker_id} – {self.customer_id}"


class DispatchWish(TenantModel):
    """How a worker wants to be asked whether they take a job."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    at_night = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "worker"], name="one_wish_per_worker")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.at_night}"
