"""An approved batch never changes, and its lines only get answers: the database sees to it."""

from django.db import migrations

FORWARD = """
create function payments_batch_guard() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        raise exception using errcode = 'insufficient_privilege',
            message = 'batches are kept';
    end if;
    if old.state <> 'draft' and (
        new.state in ('draft', 'dropped')
        or (new.tenant_id, new.country, new.currency, new.count, new.total_minor, new.sha256,
            new.made_by_id, new.made_at)
           is distinct from
           (old.tenant_id, old.country, old.currency, old.count, old.total_minor, old.sha256,
            old.made_by_id, old.made_at)
        or new.sealed is distinct from old.sealed
        or new.approved_by_id is distinct from old.approved_by_id
        or new.approved_at is distinct from old.approved_at
    ) then
        raise exception using errcode = 'insufficient_privilege',
            message = 'an approved batch never changes';
    end if;
    return new;
end $$;
create trigger batch_guard before update or delete on payments_batch
    for each row execute function payments_batch_guard();

create function payments_batch_line_guard() returns trigger
language plpgsql set search_path = public, pg_temp as $$
declare
    batch_state text;
begin
    if tg_op = 'DELETE' then
        raise exception using errcode = 'insufficient_privilege',
            message = 'lines of batches are kept';
    end if;
    if tg_op = 'INSERT' then
        select state into batch_state from payments_batch where id = new.batch_id;
        if batch_state is distinct from 'draft' then
            raise exception using errcode = 'insufficient_privilege',
                message = 'an approved batch never changes';
        end if;
        return new;
    end if;
    if (new.tenant_id, new.batch_id, new.payout_id, new.attempt, new.reference, new.currency,
        new.amount_minor, new.ref)
       is distinct from
       (old.tenant_id, old.batch_id, old.payout_id, old.attempt, old.reference, old.currency,
        old.amount_minor, old.ref)
       or (old.tracking_key <> '' and new.tracking_key <> old.tracking_key)
    then
        raise exception using errcode = 'insufficient_privilege',
            message = 'a line of a batch only gets an answer';
    end if;
    return new;
end $$;
create trigger batch_line_guard before insert or update or delete on payments_batchline
    for each row execute function payments_batch_line_guard();
"""
BACK = """
drop trigger batch_line_guard on payments_batchline;
drop trigger batch_guard on payments_batch;
drop function payments_batch_line_guard();
drop function payments_batch_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0020_bank_rail")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
