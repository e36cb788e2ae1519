"""A search as SQL: conditions, features, order. All values are parameters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marketplace.catalog.queries.areas import Reach, reach_of
from marketplace.catalog.rules.areas import EARTH_KM, KM_PER_DEGREE, LARGEST_KM
from marketplace.matching.factors.base import FACTORS
from marketplace.matching.factors.rating import AVERAGE
from marketplace.matching.rules.free_times import Window
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
    "r.id, r.category_id, {price} as price_minor, r.rating, r.verified, r.languages, r.answers,"
    " r.next_slot_at"
)
ROW = f"{COUNTED}, r.offer_id, r.worker_id, r.jobs_done"
FIRST, END = (
    "greatest(%(window_first)s, %(window_now)s + r.min_notice)",
    "least(%(window_end)s, %(window_now)s + 1440 * r.horizon_days)",
)
STARTS = f"first_start(r.free, r.free_step, {FIRST}, {END})"
# Wide enough a window meets a start wherever it meets a range of them.
OPEN = f"""(r.free && int4range({FIRST}, greatest({FIRST}, {END}))
    and ({END} - {FIRST} >= r.free_step or {STARTS} is not null))"""
STILL = "r.free is not null and r.worker_id not in (select worker_id from matching_stirred)"
BEYOND = f"{END} > ceil(extract(epoch from r.free_until) / 60)"
KEYS = {  # Ascending; equal keys are ordered by id.
    "recommended": "-score",
    "price_asc": "price_minor::float8",
    "price_desc": "-price_minor::float8",
    "distance": "distance_km",
    "rating": f"-({AVERAGE})",
    "soonest": "coalesce(60 * starts::float8, extract(epoch from next_slot_at)::float8, 1e12)",
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
        self.window = ["true"]
        self.starts = "null::int"
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
            found.append("r.service_id = (select id from catalog_service where slug = %(service)s)")
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

    def only_maybe_free(self, window: Window, *, minutes: int | None) -> None:
        """Leave only rows of which the index cannot say whether they are free in a window.

        Their calendar has moved, or the window reaches further than is known; or a job lasts longer
        than the shortest, which is free at some of the times at which the shortest is.
        """
        self._look_in(window)
        told = f"{STILL} and not ({BEYOND})"
        if minutes is not None:
            self.values["minutes"] = minutes
            told = f"{STILL} and r.minutes <= %(minutes)s and not {OPEN} and not ({BEYOND})"
        else:
            told = f"{STILL} and ({OPEN} or not ({BEYOND}))"
        self.window = [f"{FIRST} < {END}", f"not ({told})"]

    def only_free(
        self,
        window: Window,
        *,
        minutes: int | None,
        asked: Mapping[UUID, int],
        refuted: Collection[UUID],
    ) -> None:
        """Leave only rows that are free in a window: the index says so, or the slot rule, `asked`.

        The rule has the last word: what it `refuted` is out.
        """
        self._look_in(window)
        self.values |= {
            "asked": list(asked),
            "asked_starts": list(asked.values()),
            "refuted": list(refuted),
        }
        by_rule = "r.id = any (%(asked)s::uuid[])"
        free = by_rule if minutes is not None else f"({STILL} and {OPEN} or {by_rule})"
        self.window = [free, "r.id <> all (%(refuted)s::uuid[])"]
        if self.wanted.order == "soonest":
            self.starts = f"""coalesce((%(asked_starts)s::int[])[
                array_position(%(asked)s::uuid[], r.id)], {STARTS})"""

    def _look_in(self, window: Window) -> None:
        self.values |= {
            "window_first": window.first,
            "window_end": window.end,
            "window_now": window.now,
        }

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
        return f"""select {columns}, {self.starts} as starts,
            ceil({distance} * 2) / 2 as distance_km, {rank} as text_rank
            from matching_searchrow r where {self.fitting()}"""

    def fitting(self) -> str:
        """Return the conditions that facets share."""
        return " and ".join([*self.broad, *self.window])

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

        `broad` leaves out the conditions that have facets.
        """
        values = dict(self.values)
        features = ", ".join(
            f"({each.expression})::float8 as f_{code}" for code, each in self._factors()
        )
        fits, past = "true" if broad else self.all_narrow(), "true"
        fresh = f"jobs_done < {NEWCOMER_JOBS}" if new_only else "true"
        if after is not None:
            values |= {"key": after.key, "last": after.row_id, "moved": after.moved_up}
            past = "(key, id) > (%(key)s, %(last)s) and id is distinct from %(moved)s"
        sql = f"""
            with here as materialized ({self._here()}),
            mean as materialized (select {MEAN} as mean_rating),
            featured as materialized (
                select here.*, mean_rating, {features} from here cross join mean where {fits}
            ),
            scored as (select featured.*, ({self._score()}) as score from featured),
            keyed as (select scored.*, ({KEYS[self.wanted.order]}) as key from scored)
            select id, offer_id, category_id, price_minor, rating, jobs_done,
                distance_km, next_slot_at, score, key,
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
