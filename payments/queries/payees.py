"""Questions about who is paid."""

from uuid import UUID

from django.db.models import QuerySet

from payments.models import Allocation, Payee


def payee_for(member_id: UUID) -> Payee | None:
    """Return a member's payee, if they ever began one."""
    return Payee.objects.filter(member_id=member_id).first()


def is_active_payee(member_id: UUID) -> bool:
    """Tell whether a member can be paid."""
    return Payee.objects.filter(member_id=member_id, state="active").exists()


def unsent_allocations(payee: Payee) -> QuerySet[Allocation]:
    """Return money that waits to be moved to a payee's account, oldest first."""
    return (
        Allocation.objects.select_related("payment", "payee")
        .filter(payee=payee, state=Allocation.PENDING)
        .order_by("pk")
    )
