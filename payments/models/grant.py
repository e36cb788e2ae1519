"""Who of the office may move money, beyond looking at it."""

from django.db import models
from django.db.models import Q

from kernel import clock
from tenants.tenancy.models import Membership, TenantModel

PERMISSIONS = ("refund", "hold", "freeze", "batch_make", "batch_check", "write_off", "adjust")


class Grant(TenantModel):
    """A permission that the owner gave to somebody of the staff. The owner has them all."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    permission = models.CharField(max_length=11)
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "member", "permission"], name="granted_once"),
            models.CheckConstraint(
                name="permission_known", condition=Q(permission__in=PERMISSIONS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.permission}"
