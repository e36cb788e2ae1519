"""Who may read which receipts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from kernel.actor import Actor
from kernel.errors import NotFound
from payments.models import Payout, Receipt
from payments.rules.receipts import CASH_OUT


def _all() -> QuerySet[Receipt]:
    return Receipt.objects.select_related("payer__user", "worker__user").order_by("-pk")


def receipts_of(member_ids: Iterable[UUID]) -> QuerySet[Receipt]:
    """Return the receipts of a person, in all their roles, newest first."""
    mine = list(member_ids)
    return _all().filter(Q(payer_id__in=mine) | Q(worker_id__in=mine))


def receipt_of(member_ids: Iterable[UUID], receipt_id: UUID) -> Receipt:
    """Return a receipt to whoever paid or was paid; for everybody else there is none."""
    found = receipts_of(member_ids).filter(pk=receipt_id).first()
    if found is None:
        raise NotFound(what="receipt")
    return found


def receipt_of_payout(payout: Payout) -> Receipt | None:
    """Return the receipt of a cash-out, once it has one."""
    return _all().filter(kind=CASH_OUT, subject_id=payout.pk).first()


def all_receipts(by: Actor) -> QuerySet[Receipt]:
    """Return every receipt of this tenant to its office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="receipt")
    return _all()


def receipt_in_office(by: Actor, receipt_id: UUID) -> Receipt:
    """Return one receipt to the office."""
    found = all_receipts(by).filter(pk=receipt_id).first()
    if found is None:
        raise NotFound(what="receipt")
    return found


def receipts_about(reference: str, *, by: Actor) -> QuerySet[Receipt]:
    """Return receipts about one thing, oldest first: one's own, or to the office all."""
    mine = _all() if by.works_in_office else receipts_of([by.member_id] if by.member_id else [])
    return mine.filter(reference=reference).order_by("pk")
