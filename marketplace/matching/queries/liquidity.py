"""How many searches found somebody who is free within seven days."""

from datetime import datetime

from django.db.models import Count, Q

from marketplace.matching.models import SearchMade


def searches_between(since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many searches found somebody free soon, and how many there were in all."""
    rows = SearchMade.objects.filter(at__gt=since, at__lte=until)
    found = rows.aggregate(soon=Count("pk", filter=Q(soon=True)), all=Count("pk"))
    return found["soon"], found["all"]
