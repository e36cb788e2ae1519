"""A receipt is written, with the next number of its series."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max

from kernel.context import current_tenant
from payments.models import Receipt
from payments.queries.receipt_drafts import receipt_draft
from payments.rules.receipts import SERIES

LOCK = "select pg_advisory_xact_lock(hashtext('payments.receipts'), hashtext(%s))"


@transaction.atomic
def issue_receipt(*, kind: str, subject_id: UUID) -> Receipt:
    """Write the receipt of a fact, once; asked again, return the first.

    Numbers have no gaps: whoever writes one waits for whoever is just writing the one before.
    """
    known = Receipt.objects.filter(kind=kind, subject_id=subject_id).first()
    if known is not None:
        return known
    draft, series = receipt_draft(kind, subject_id), SERIES[kind]
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{current_tenant()}:{series}"])
    last = Receipt.objects.filter(series=series).aggregate(last=Max("number"))["last"] or 0
    return Receipt.objects.create(
        series=series,
        number=last + 1,
        kind=kind,
        subject_id=subject_id,
        reference=draft.reference,
        payer_id=draft.payer_id,
        worker_id=draft.worker_id,
        title=draft.title,
        currency=draft.total.currency,
        total_minor=draft.total.minor,
        content=dict(draft.content),
        sha256=draft.sha256,
        happened_at=draft.happened_at,
    )
