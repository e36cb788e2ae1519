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


def booked(ref: str) -> list[tuple[str, dict[str, int]]]:
    """Return the entries about something with their legs, in order; debits positive."""
    found = Entry.objects.filter(ref=ref).order_by("pk").prefetch_related("postings__account")
    return [
        (entry.kind, {each.account.kind: each.amount for each in entry.postings.all()})
        for entry in found
    ]


def standing(*kinds: str, currency: str = "MXN") -> dict[str, int]:
    """Return what stands on accounts, as debits: on these, or on all that are not empty."""
    found = ledger(currency)
    return {kind: found.get(kind, 0) for kind in kinds} if kinds else found
