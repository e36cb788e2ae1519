"""An account was used on a device: noted once a day, as a fingerprint of this tenant's own."""

from datetime import timedelta
from uuid import UUID

from kernel import clock
from kernel.context import current_tenant
from kernel.crypto import fingerprint
from reviews.models import DeviceSeen

DAILY = timedelta(days=1)


def key_of(device: str) -> str:
    """Return the fingerprint of a device: another at every tenant, and good for nothing else."""
    return fingerprint(device, purpose=f"oficio/fraud/v1|{current_tenant()}|device")


def see_device(*, user_id: UUID, device: str) -> DeviceSeen:
    """Note that an account was used on a device, at most once a day."""
    at = clock.now()
    row, _ = DeviceSeen.objects.get_or_create(
        user_id=user_id,
        device=key_of(device),
        defaults={"first_seen_at": at, "last_seen_at": at},
    )
    if at - row.last_seen_at >= DAILY:
        row.last_seen_at = at
        row.save(update_fields=["last_seen_at"])
    return row
