"""How much does a ledger that defends itself cost? Posting against TPC-B on the same server."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from django.db import connection

from bench.figures import Figure, measure
from bench.pgbench import prepare_tpc_b, script, tpc_b
from bench.tenants import open_many
from kernel.isolation import as_owner

TENANTS = 200
ROUNDS = 5
SECONDS = 4
GOALS = {"spread": 0.6, "hot": 0.55}
COMMAND = "bin/bench ledger"

# One job accrued: four postings, one of them to a balance that may not fall below zero.
POSTING = """\\set place {place}
\\set worker random(1, 50)
begin;
select set_config('app.tenant_id', tenant_id::text, true) as tenant
    from bench_place where place = :place \\gset
select ledger.post(
    (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7'
        || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid,
    :tenant, 'job.accrued', md5(random()::text || clock_timestamp()), 'booking:bench', 'MXN',
    array['customer_deposit', 'worker_pending', 'tenant_pending', 'platform_fee'],
    array[{nobody}, md5(':tenant/:worker')::uuid, {nobody}, {nobody}],
    array['', '', '', ''], array[100000, -88000, -11000, -1000]::bigint[], clock_timestamp());
commit;
"""
NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"


@measure("ledger")
def ledger() -> Iterator[Figure]:
    """Alternate TPC-B and posting, spread over 200 tenants and on one, at 8 and 32 clients."""
    _place_tenants(open_many(TENANTS, niche="general"))
    prepare_tpc_b()
    with tempfile.TemporaryDirectory() as folder:
        for kind, place in (("spread", f"random(1, {TENANTS})"), ("hot", "1")):
            path = Path(folder) / f"{kind}.sql"
            path.write_text(POSTING.format(place=place, nobody=NOBODY))
            script(path, clients=8, seconds=SECONDS)
            for clients in (8, 32):
                yield _compare(kind, path, clients)


def _compare(kind: str, path: Path, clients: int) -> Figure:
    ratios = []
    for _ in range(ROUNDS):
        floor = tpc_b(clients=clients, seconds=SECONDS)
        ratios.append(script(path, clients=clients, seconds=SECONDS) / floor)
    return Figure(
        name=f"posting / TPC-B, {kind}, {clients} clients",
        value=median(ratios),
        unit="ratio",
        goal=GOALS[kind],
        better="higher",
        n=ROUNDS,
        command=COMMAND,
    )


def _place_tenants(tenant_ids: list[int]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("create table bench_place (place int primary key, tenant_id bigint)")
        cursor.executemany(
            "insert into bench_place values (%s, %s)", list(enumerate(tenant_ids, start=1))
        )
        cursor.execute("grant select on bench_place to public")
