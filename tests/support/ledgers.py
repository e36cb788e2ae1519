"""Reading the whole ledger of the tenant we work for, to compare it to the unit."""

from django.db.models import Sum

from payments.models import Entry, Posting


def ledger(currency: str = "MXN") -> dict[str, int]:
    """Return the sum of every kind of account that is not zero; debits are positive."""
    rows = (
        Posting.objects.filter(currency=currency)
        .values_list("account__kind")
        .annotate(total=Sum("amount"))
    )
    return {kind: total for kind, total in rows if total}


def entries(ref: str = "") -> list[str]:
    """Return the kinds of all entries, or of those about one thing, in their order."""
    rows = Entry.objects.filter(ref=ref) if ref else Entry.objects.all()
    return list(rows.order_by("pk").values_list("kind", flat=True))
