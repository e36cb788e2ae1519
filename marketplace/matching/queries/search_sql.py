"""A search as SQL: conditions, features, order. All values are parameters."""

from dataclasses import dataclass
from typing import Any

from marketplace.catalog.queries.areas import Reach, reach_of
from marketplace.catalog.rules.areas import EARTH_KM, KM_PER_DEGREE, LARGEST_KM
from marketplace.matching.factors.base import FACTORS
from marketplace.matching.factors.rating import AVERAGE
from marketplace.matching.rules.ranking import NEWCOMER_JOBS
from marketplace.matching.rules.wanted import Cursor, Wanted
from marketplace.matching.rules.words import text_query

FEW_REVIEWS, USUAL_RATING = 50, 4.5
MEAN = f"""(
    select case when sum(rating_count) >= {FEW_REVIEWS}
        then sum(rating_sum)::float8 / sum(rating_count) else {USUAL_RATING} end
    from catalog_worker
)"""
COUNTED = (
    "r.id, r.category_id, {price} as price_minor, r.rating, r.verified, r.languages, r.answers"
)
ROW = f"{COUNTED}, r.offer_id, r.worker_id, r.jobs_done, r.next_slot_at"
KEYS = {  # Ascending; equal keys are ordered by id.
    "recommended": "-score",
    "price_asc": "price_minor::float8",
    "price_desc": "-price_minor::float8",
    "distance": "distance_km",
    "rating": f"-({AVERAGE})",
    "soonest": "coalesce(extract(epoch from next_slot_at)::float8, 1e12)",
    "newest": "-(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint)::float8",
}


def _haversine(latitude: str, longitude: str) -> str:
    return f"""(2 * {EARTH_KM} * asin(least(1, sqrt(
        power(sin(radians({latitude} - %(lat)s) / 2), 2)
        + cos(radians(%(lat)s)) * cos(radians({latitude}))
        * power(sin(radians({longitude} - %(lng)s) / 2), 2)))))"""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and the values that go into it."""

    sql: str
    values: dict[str, Any]


class SearchSql:
    """Builds the statements of one search, as of one moment and under one set of weights."""

    def __init__(
        self, wanted: Wanted, *, at: object, weights: dict[str, float], relaxed: bool
    ) -> None:
        self.wanted = wanted
        self.weights = weights
        self.values: dict[str, Any] = {"at": at}
        self.price = "r.price_minor"
        self.text = text_query(wanted.q, relaxed=relaxed)
        self.broad = self._broad()
        self.narrow = self._narrow()

    def _broad(self) -> list[str]:
        """Return the conditions that facets share: words, place, service and variant."""
        wanted, found = self.wanted, ["r.bookable"]
        if self.text:
            self.values["text"] = self.text
            found.append("r.words @@ to_tsquery('simple', %(text)s)")
        if wanted.service:
            self.values["service"] = wanted.service
            found.append(
                "r.service_id in (select id from catalog_service where slug = %(service)s)"
            )
        if wanted.variant is not None:
            self.values["variant"] = str(wanted.variant)
            self.price = "(r.variants ->> %(variant)s::text)::bigint"
            found.append(f"{self.price} is not null")
        if wanted.without:
            self.values["without"] = list(wanted.without)
            found.append("r.worker_id <> all (%(without)s::uuid[])")
        if wanted.place is not None:
            found += self._near()
        return found

    def _near(self) -> list[str]:
        """Return the conditions of a place: the worker goes there. A box first, then the circle."""
        place, reach = self.wanted.place, self.wanted.radius_km or LARGEST_KM
        assert place is not None
        degrees = min(reach, LARGEST_KM) / KM_PER_DEGREE + 0.01
        self.values |= {
            "lat": place.latitude,
            "lng": place.longitude,
            "south": place.latitude - degrees,
            "north": place.latitude + degrees,
            "reach": reach,
        }
        km = _haversine("r.latitude", "r.longitude")
        around = [
            "r.radius_km > 0 and r.latitude between %(south)s and %(north)s",
            f"{km} <= least(r.radius_km, %(reach)s)",
        ]
        other = reach_of(place)
        if not (other.workers or other.offers or other.cut_workers or other.cut_offers):
            return around
        self.values |= {f"area_{name}": list(getattr(other, name)) for name in Reach.__slots__}
        return [
            f"""({" and ".join(around)} or {km} <= %(reach)s and (
                r.offer_id = any (%(area_offers)s::uuid[]) or r.worker_id = any (
                    %(area_workers)s::uuid[]) and r.offer_id <> all (%(area_own)s::uuid[])))""",
            "r.worker_id <> all (%(area_cut_workers)s::uuid[])",
            "r.offer_id <> all (%(area_cut_offers)s::uuid[])",
        ]

    def _narrow(self) -> dict[str, list[str]]:
        """Return the conditions that have a facet of their own, by facet."""
        wanted = self.wanted
        found: dict[str, list[str]] = {"category": [], "price": [], "rating": []}
        found |= {"verified": ["verified"] if wanted.verified else [], "language": []}
        if wanted.language:
            self.values["language"] = wanted.language
            found["language"].append("%(language)s = any (languages)")
        for number, (code, answer) in enumerate(wanted.answers):
            self.values |= {f"code{number}": code, f"answer{number}": answer}
            found[f"answer{number}"] = [
                f"jsonb_exists(answers -> %(code{number})s::text, %(answer{number})s)"
            ]
        if wanted.category:
            self.values["category"] = wanted.category
            found["category"].append(
                """category_id in (with recursive down as (
                    select id from catalog_category where slug = %(category)s union all
                    select c.id from catalog_category c join down on c.parent_id = down.id
                ) select id from down)"""
            )
        if wanted.price_min is not None:
            self.values["price_min"] = wanted.price_min
            found["price"].append("price_minor >= %(price_min)s")
        if wanted.price_max is not None:
            self.values["price_max"] = wanted.price_max
            found["price"].append("price_minor <= %(price_max)s")
        if wanted.rating_min is not None:
            self.values["rating_min"] = wanted.rating_min
            found["rating"].append("rating >= %(rating_min)s")
        return found

    def _here(self) -> str:
        """Return what a page needs of the rows that fit the shared conditions.

        Distance and text rank come along; the vector of words, the widest column, does not.
        """
        distance, rank = "null::float8", "null::float8"
        if self.wanted.place is not None:
            distance = _haversine("r.public_latitude", "r.public_longitude")
        if self.text:
            rank = "ts_rank_cd(r.words, to_tsquery('simple', %(text)s), 32)::float8"
        columns = ROW.format(price=self.price)
        return f"""select {columns}, ceil({distance} * 2) / 2 as distance_km, {rank} as text_rank
            from matching_searchrow r where {self.fitting()}"""

    def fitting(self) -> str:
        """Return the conditions that facets share."""
        return " and ".join(self.broad)

    def all_narrow(self, *but: str) -> str:
        """Return the conditions that have facets, all but some."""
        conditions = [
            each for name, kept in self.narrow.items() if name not in but for each in kept
        ]
        return " and ".join(conditions) or "true"

    def rows(
        self,
        *,
        limit: int,
        after: Cursor | None = None,
        broad: bool = False,
        new_only: bool = False,
    ) -> Statement:
        """Return the statement for rows in order, with every feature, score and key.

        Materialised steps work out the mean once, and distances and features once per row:
        merged into one step, PostgreSQL repeats each wherever the score mentions it.

        `broad` leaves out the conditions that have facets; `fits` then says which rows meet them.
        """
        values = dict(self.values)
        features = ", ".join(
            f"({each.expression})::float8 as f_{code}" for code, each in self._factors()
        )
        fits, past = self.all_narrow(), "true"
        fresh = f"jobs_done < {NEWCOMER_JOBS}" if new_only else "true"
        if after is not None:
            values |= {"key": after.key, "last": after.row_id, "moved": after.moved_up}
            past = "(key, id) > (%(key)s, %(last)s) and id is distinct from %(moved)s"
        sql = f"""
            with here as materialized ({self._here()}),
            mean as materialized (select {MEAN} as mean_rating),
            featured as materialized (
                select here.*, mean_rating, ({fits}) as fits, {features}
                from here cross join mean where {"true" if broad else fits}
            ),
            scored as (select featured.*, ({self._score()}) as score from featured),
            keyed as (select scored.*, ({KEYS[self.wanted.order]}) as key from scored)
            select id, offer_id, category_id, price_minor, rating, jobs_done,
                distance_km, next_slot_at, fits, score, key,
                {", ".join(f"f_{code}" for code, _ in self._factors())}
            from keyed where {past} and {fresh}
            order by key, id limit {int(limit)}
        """
        return Statement(sql.replace("%(mean_rating)s", "mean_rating"), values)

    def _score(self) -> str:
        added = " + ".join(
            f"coalesce({self.weights[code]!r} * f_{code}, 0)" for code, _ in self._factors()
        )
        weighed = " + ".join(
            f"case when f_{code} is null then 0 else {self.weights[code]!r} end"
            for code, _ in self._factors()
        )
        return f"({added}) / ({weighed})"

    def _factors(self) -> list[tuple[str, Any]]:
        return sorted(FACTORS.items())
