"""Does opening a tenant stay as quick when there are many?"""

import time
from collections.abc import Iterator
from statistics import median

from bench.figures import Figure, measure
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.open_tenant import Opening, open_tenant
from tenants.tenancy.models import User

TENANTS = 200
EDGE = 10
COMMAND = "bin/bench tenants"


def _open(number: int, owner: User) -> float:
    opening = Opening(
        slug=f"bench-{number}",
        name=f"Bench {number}",
        niche="cleaning",
        country="MX",
        currency="MXN",
        timezone="America/Mexico_City",
        locale="es",
    )
    began = time.perf_counter()
    open_tenant(opening=opening, owner=owner)
    return time.perf_counter() - began


@measure("tenants")
def tenants() -> Iterator[Figure]:
    """Open 200 tenants; compare the last ten with the first ten (the very first warms up)."""
    with working_for(HOUSE):
        owner = User.objects.create(email="bench@example.com", first_name="Bench")
    _open(TENANTS, owner)
    seconds = [_open(number, owner) for number in range(TENANTS)]
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
