"""Whom a customer would like to have again. Nobody else can see it, the worker least of all."""

from django.db import models

from kernel import clock
from marketplace.catalog.models import Worker, WorkerService
from tenants.tenancy.models import Membership, TenantModel


class Favourite(TenantModel):
    """A worker whom a customer keeps, with the service to book again."""

    customer = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    offer = models.ForeignKey(WorkerService, on_delete=models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "customer", "worker"], name="favourite_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} – {self.worker_id}"
