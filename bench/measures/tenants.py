"""Does opening a tenant stay as quick when there are many?"""

import time
from collections.abc import Iterator
from statistics import median

from bench.figures import Figure, measure
from bench.tenants import opening, owner
from tenants.tenancy.actions.open_tenant import open_tenant
from tenants.tenancy.models import User

TENANTS = 200
EDGE = 10
COMMAND = "bin/bench tenants"


def _open(number: int, whose: User) -> float:
    wanted = opening(number)
    began = time.perf_counter()
    open_tenant(opening=wanted, owner=whose)
    return time.perf_counter() - began


@measure("tenants")
def tenants() -> Iterator[Figure]:
    """Open 200 tenants; compare the last ten with the first ten (the very first warms up)."""
    whose = owner()
    _open(TENANTS, whose)
    seconds = [_open(number, whose) for number in range(TENANTS)]
    first, last = median(seconds[:EDGE]), median(seconds[-EDGE:])
    yield Figure(
        name="opening a tenant: last ten / first ten",
        value=last / first,
        unit="ratio",
        goal=1.5,
        better="lower",
        n=EDGE,
        command=COMMAND,
    )
    yield Figure(
        name="opening a tenant",
        value=median(seconds),
        unit="s",
        goal=2.0,
        better="lower",
        n=TENANTS,
        command=COMMAND,
    )
