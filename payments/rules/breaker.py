"""When too many cash-outs fail, a way of paying is closed for a while before it harms more."""

from datetime import timedelta

LOOKED_AT = timedelta(hours=1)
CLOSED_FOR = timedelta(hours=1)
AT_LEAST = 20
ALARMING_BP = 1_000


def trips(*, sent: int, failed: int) -> bool:
    """Tell whether more than a tenth of at least twenty has failed."""
    return sent >= AT_LEAST and failed * 10_000 > sent * ALARMING_BP
