"""Numbers events without gaps, hands out events and due timers.

An event gets its number when its transaction commits, so a tenant's counter is locked only for the
length of a commit. The functions act as their owner: they cross tenants, and give away numbers.
"""

from django.db import migrations

from kernel.roles import APP

FORWARD = f"""
create function outbox_number() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare next bigint;
begin
    insert into kernel_eventcounter as counter (tenant_id, last) values (new.tenant_id, 1)
        on conflict (tenant_id) do update set last = counter.last + 1
        returning last into next;
    update kernel_outboxevent set seq = next where id = new.id;
    return null;
end $$;

create constraint trigger outbox_number after insert on kernel_outboxevent
    deferrable initially deferred for each row execute function outbox_number();

create function outbox_claim(batch int) returns table (tenant_id bigint, event_id bigint)
language sql security definer set search_path = public, pg_temp as $$
    update kernel_outboxevent event
    set attempts = attempts + 1,
        retry_at = clock_timestamp() + interval '30 seconds' * power(2, attempts)
    where id in (
        select id from kernel_outboxevent
        where delivered_at is null and retry_at <= clock_timestamp() and attempts < 10
        order by retry_at, id
        for update skip locked
        limit batch
    )
    returning event.tenant_id, event.id
$$;

create function timers_due(at timestamptz, batch int)
returns table (tenant_id bigint, timer_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select tenant_id, id from kernel_timer
    where state = 'pending' and due_at <= at and coalesce(retry_at, due_at) <= at
    order by due_at
    limit batch
$$;

revoke execute on function outbox_number(), outbox_claim(int), timers_due(timestamptz, int)
    from public;
grant execute on function outbox_claim(int), timers_due(timestamptz, int) to {APP};
"""

BACKWARD = """
drop function timers_due(timestamptz, int);
drop function outbox_claim(int);
drop trigger outbox_number on kernel_outboxevent;
drop function outbox_number();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
