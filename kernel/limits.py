"""How often something may be asked: token buckets in the database, one upsert each."""

from dataclasses import dataclass

from django.db import connection

from kernel.context import current_tenant
from kernel.errors import TooMany

_TAKE = """
    insert into kernel_allowance as bucket (tenant_id, "limit", subject, tokens, filled_at)
    values (%(tenant)s, %(limit)s, %(subject)s, %(burst)s - 1, clock_timestamp())
    on conflict (tenant_id, "limit", subject) do update set
        tokens = least(%(burst)s, bucket.tokens + extract(epoch from clock_timestamp()
            - bucket.filled_at) * %(rate)s) - 1,
        filled_at = clock_timestamp()
    where least(%(burst)s, bucket.tokens + extract(epoch from clock_timestamp()
            - bucket.filled_at) * %(rate)s) >= 1
    returning tokens
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` at once, and `burst` again over each `seconds`."""

    name: str
    burst: int
    seconds: int


def take(limit: Limit, *, subject: str) -> None:
    """Use one of a subject's allowance, or refuse with the seconds to wait."""
    values: dict[str, int | float | str] = {
        "tenant": current_tenant(),
        "limit": limit.name,
        "subject": subject[:120],
        "burst": float(limit.burst),
        "rate": limit.burst / limit.seconds,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone() is None:
            wait = -(-limit.seconds // limit.burst)
            raise TooMany(limit=limit.name, retry_after_seconds=wait)
