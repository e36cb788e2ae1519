"""A provider's thing is ours: what comes about it later finds its tenant and its row."""

from uuid import UUID

from payments.models import ProviderObject


def know_object(*, object_id: str, kind: str, subject_id: UUID) -> None:
    """Remember whom a provider's object belongs to."""
    if object_id:
        ProviderObject.objects.get_or_create(
            object_id=object_id, defaults={"kind": kind, "subject_id": subject_id}
        )
