"""A revealed review says for ever what it said: the database refuses, whoever asks.

Before it is revealed its author may change or withdraw it. Afterwards only its standing changes; an
author may still withdraw it, which takes the words and the stars away and leaves the rest.
"""

from django.db import migrations

FORWARD = """
create function reviews_revealed_is_final() returns trigger language plpgsql as $$
begin
    if old.revealed_at is null then
        return case tg_op when 'DELETE' then old else new end;
    end if;
    if tg_op = 'DELETE' then
        raise exception 'reviews: a revealed review stays' using errcode = '23514',
            constraint = 'review_revealed_is_final';
    end if;
    if (new.side, new.booking_id, new.author_id, new.worker_id, new.submitted_at, new.revealed_at,
        new.tenant_id)
        is distinct from (old.side, old.booking_id, old.author_id, old.worker_id, old.submitted_at,
        old.revealed_at, old.tenant_id)
        or ((new.stars, new.text, new.criteria, new.tags, new.language)
        is distinct from (old.stars, old.text, old.criteria, old.tags, old.language)
        and not (new.state = 'withdrawn' and new.stars is null and new.text = ''
            and new.criteria = '{}'::jsonb and new.tags = '[]'::jsonb)) then
        raise exception 'reviews: what a revealed review says is final' using errcode = '23514',
            constraint = 'review_revealed_is_final';
    end if;
    return new;
end $$;
create trigger revealed_is_final before update or delete on reviews_review
    for each row execute function reviews_revealed_is_final();

create function reviews_photos_are_final() returns trigger language plpgsql as $$
declare about record;
begin
    select revealed_at, state into about from reviews_review
        where id = case tg_op when 'DELETE' then old.review_id else new.review_id end;
    if about.revealed_at is not null
        and not (tg_op = 'DELETE' and about.state = 'withdrawn') then
        raise exception 'reviews: the photos of a revealed review are final'
            using errcode = '23514', constraint = 'review_revealed_is_final';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger photos_are_final before insert or update or delete on reviews_reviewphoto
    for each row execute function reviews_photos_are_final();
"""
BACKWARD = """
drop trigger photos_are_final on reviews_reviewphoto;
drop function reviews_photos_are_final();
drop trigger revealed_is_final on reviews_review;
drop function reviews_revealed_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
