"""That somebody searched, and whether anybody was free soon; not who, nor for what."""

from datetime import timedelta

from kernel import clock
from marketplace.matching.models import SearchMade

KEPT = timedelta(days=740)  # A year's figures stand beside those of the year before.
ONE_IN = 256


def note_search(*, soon: int) -> SearchMade:
    """Note a search that found so many who are free within seven days.

    Every now and then, by the number of the row, what is too old to count is thrown away.
    """
    made = SearchMade.objects.create(soon=soon > 0)
    if made.pk.int % ONE_IN == 0:
        SearchMade.objects.filter(at__lt=clock.now() - KEPT).delete()
    return made
