"""A customer keeps somebody to book again, or does not any more; nobody is told."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.catalog.queries import published_services, worker_by_slug, worker_with_slug
from marketplace.matching.models import Favourite


@transaction.atomic
def keep_favourite(*, by: Actor, slug: str, offer_id: UUID | None = None) -> Favourite:
    """Keep a worker whom everybody may see, and which of their services to book again.

    Repeating changes nothing but the service, if one is named.
    """
    customer_id = _customer(by)
    worker = worker_by_slug(slug)
    if offer_id is not None and not published_services(worker.pk).filter(pk=offer_id).exists():
        raise NotFound(what="service")
    kept, _made = Favourite.objects.get_or_create(
        customer_id=customer_id, worker=worker, defaults={"offer_id": offer_id}
    )
    if offer_id is not None and kept.offer_id != offer_id:
        kept.offer_id = offer_id
        kept.save(update_fields=["offer"])
    return kept


@transaction.atomic
def drop_favourite(*, by: Actor, slug: str) -> None:
    """Keep a worker no longer, whether they can be seen still or not; repeating is harmless."""
    worker = worker_with_slug(slug)
    Favourite.objects.filter(customer_id=_customer(by), worker=worker).delete()


def _customer(by: Actor) -> UUID:
    if by.role != Role.CUSTOMER or by.member_id is None:
        raise NotFound(what="customer")
    return by.member_id
