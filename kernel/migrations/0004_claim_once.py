"""Chooses the events to hand out once, however many there are.

As a subquery with `in`, the choice was made anew for every event of a tenant's log while the
table's statistics were young.
"""

from django.db import migrations

SIGNATURE = """
create or replace function outbox_claim(batch int)
returns table (tenant_id bigint, event_id bigint)
language sql security definer set search_path = public, pg_temp as $$
    update kernel_outboxevent event
    set attempts = attempts + 1,
        retry_at = clock_timestamp() + interval '30 seconds' * power(2, attempts)
    where {chosen} (
        select id from kernel_outboxevent
        where delivered_at is null and retry_at <= clock_timestamp() and attempts < 10
        order by retry_at, id
        for update skip locked
        limit batch
    {end}
    returning event.tenant_id, event.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_queues")]
    operations = [
        migrations.RunSQL(
            SIGNATURE.format(chosen="id = any (array", end="))"),
            SIGNATURE.format(chosen="id in", end=")"),
        )
    ]
