"""How many there are of each kind, each kind counted under all filters but its own."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import connection

from marketplace.matching.queries.search_sql import COUNTED, SearchSql, Statement

STARS = (4.0, 4.5, 4.8)
BANDS = 5
SOON_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many there are of each kind, each counted under all filters but its own."""

    categories: dict[UUID, int] = field(default_factory=dict)
    ratings: dict[float, int] = field(default_factory=dict)
    prices: list[tuple[int, int, int]] = field(default_factory=list)
    verified: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    answers: dict[str, dict[str, int]] = field(default_factory=dict)


def facets_sql(search: SearchSql) -> Statement:
    """Return the statement that counts.

    Languages and answers are counted in two steps, since few rows have a combination of their own.
    """
    values = dict(search.values)
    kept = search.fitting()
    but = search.all_narrow
    parts = [
        f"""select 'total', '', count(*), count(*) filter (
                where next_slot_at < %(at)s + interval '{SOON_DAYS} days'), 0::bigint
            from here where {but()}""",
        f"""select 'category', category_id::text, count(*), 0, 0
            from here where {but("category")} group by category_id""",
        f"""select 'rating', least_stars::text, count(*), 0, 0
            from here, (values {", ".join(f"({each})" for each in STARS)}) steps (least_stars)
            where {but("rating")} and rating >= least_stars group by least_stars""",
        "select 'price', band::text, count(*), min(price_minor), max(price_minor)"
        " from priced group by band",
        f"select 'verified', '', count(*), 0, 0 from here where {but('verified')} and verified",
        f"""select 'language', spoken, sum(n)::bigint, 0, 0 from (
                select languages, count(*) as n from here
                where {but("language")} group by languages
            ) same, unnest(languages) spoken group by spoken""",
        *_of_answers(search, values),
    ]
    sql = f"""
        with here as materialized (
            select {COUNTED.format(price=search.price)} from matching_searchrow r where {kept}
        ),
        priced as (
            select price_minor, width_bucket(price_minor, low, high + 1, {BANDS}) as band
            from (select price_minor, min(price_minor) over () as low,
                max(price_minor) over () as high
                from here where {but("price")}) each_price
        )
        {" union all ".join(parts)}
        order by 1, 2
    """
    return Statement(sql, values)


def _of_answers(search: SearchSql, values: dict[str, object]) -> list[str]:
    """Return the counts of a tenant's own questions: all without a filter at once, others each."""
    chosen = [code for code, _answer in search.wanted.answers]
    values["chosen"] = chosen
    free = ("code <> all (%(chosen)s)", search.all_narrow())
    own = [
        (f"code = %(code{number})s", search.all_narrow(f"answer{number}"))
        for number in range(len(chosen))
    ]
    return [
        f"""select 'f.' || code, answer, sum(n)::bigint, 0, 0 from (
                select answers, count(*) as n from here
                where {kept} and answers <> '{{}}' group by answers
            ) same, jsonb_each(answers) asked (code, given),
            jsonb_array_elements_text(given) answer
            where {which} group by 1, 2"""
        for which, kept in [free, *own]
    ]


def count(statement: Statement, *, asked: Collection[str]) -> tuple[int, int, Facets]:
    """Return how many fit, how many of them are free soon, and the facets.

    `asked` are the questions people can search by.
    """
    total, soon, people_verified, found = 0, 0, 0, Facets()
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        rows = cursor.fetchall()
    for kind, name, number, low, high in rows:
        if kind == "total":
            total, soon = number, low
        elif kind == "verified":
            people_verified = number
        elif kind == "price":
            found.prices.append((low, high, number))
        elif kind == "category":
            found.categories[UUID(name)] = number
        elif kind == "rating":
            found.ratings[float(name)] = number
        elif kind == "language":
            found.languages[name] = number
        elif kind.removeprefix("f.") in asked:
            found.answers.setdefault(kind.removeprefix("f."), {})[name] = number
    return total, soon, replace(found, verified=people_verified)
