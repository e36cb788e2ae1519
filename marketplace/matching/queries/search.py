"""Who can be found: one search, its order and the reasons for it.

The number of queries does not depend on how much is found: weights, rows, counts, the rows' people,
three for their calendars and two for areas around a place; two more when nothing has all the words,
one more when somebody new has to be moved up. At a certain time one more finds the rows of which
the index cannot tell (their calendar has moved), and the slot rule is asked about those at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from kernel import clock
from kernel.money import Money
from marketplace.catalog.models import CustomField, Service, Variant, Worker, WorkerService
from marketplace.catalog.rules.areas import Place
from marketplace.matching.factors.base import FACTORS
from marketplace.matching.queries.calendars import calendars
from marketplace.matching.queries.facets import Facets, count, facets_sql
from marketplace.matching.queries.indexing import filters
from marketplace.matching.queries.search_sql import SearchSql, Statement
from marketplace.matching.queries.times import limits_of
from marketplace.matching.rules.free_times import Window, minute, window
from marketplace.matching.rules.ranking import (
    MOST_REASONS,
    NEWCOMER_JOBS,
    NEWCOMER_PLACE,
    Facts,
    Reason,
    contributions,
    leading,
)
from marketplace.matching.rules.slots import Slot, slots
from marketplace.matching.rules.wanted import Cursor, SearchInvalid, Wanted, unpack
from marketplace.matching.rules.words import searched
from marketplace.matching.tenant_settings import RankingWeights
from tenants.tenancy.queries import settings_of

MOST_VERIFIED = 1000
LOOKS_AHEAD = timedelta(days=14)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One worker's service, and why it stands here."""

    offer: WorkerService
    price_minor: int
    distance_km: float | None
    next_slot: Slot | None
    score: float
    contributions: dict[str, float]
    reasons: list[Reason]

    @property
    def worker(self) -> Worker:
        """Who does it."""
        return self.offer.worker

    @property
    def service(self) -> Service:
        """What it is."""
        return self.offer.service

    @property
    def price(self) -> Money:
        """What it costs with this worker before extras: the chosen variant, else the least."""
        return Money(self.offer.price.currency, self.price_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """A page of a search. `relaxed`: nobody has all the words, these have some of them.

    `wordless`: what was typed says nothing to search by, so it left nobody out. `soon`: how many
    are free within seven days.
    """

    rows: list[Found]
    next_cursor: str
    total: int
    soon: int
    facets: Facets
    relaxed: bool
    wordless: bool
    weights: dict[str, float]


def weights() -> dict[str, float]:
    """Return how much each factor counts at this tenant."""
    decided = settings_of(RankingWeights)
    return {code: float(getattr(decided, code)) for code in FACTORS}


def wanted_of(
    *,
    q: str = "",
    category: str = "",
    service: str = "",
    lat: float | None = None,
    lng: float | None = None,
    radius_km: float | None = None,
    from_: datetime | None = None,
    to: datetime | None = None,
    price_min: int | None = None,
    price_max: int | None = None,
    rating_min: float | None = None,
    language: str = "",
    verified: bool = False,
    variant: UUID | None = None,
    minutes: int | None = None,
    answers: Mapping[str, str] | None = None,
    without: frozenset[UUID] = frozenset(),
    sort: str = "recommended",
    limit: int = 24,
) -> Wanted:
    """Return a search as it is asked for in an address; prices in minor units."""
    place = Place(lat, lng) if lat is not None and lng is not None else None
    return Wanted(
        q=q,
        category=category,
        service=service,
        place=place,
        radius_km=radius_km,
        from_=from_,
        to=to,
        price_min=price_min,
        price_max=price_max,
        rating_min=rating_min,
        language=language,
        verified=verified,
        without=without,
        variant=variant,
        minutes=minutes,
        answers=tuple(sorted((answers or {}).items())),
        sort=sort,
        limit=limit,
    )


def search(*, cursor: str = "", **asked: Any) -> SearchPage:
    """Return whom customers can book that fits, best first; `asked` is as in `wanted_of`."""
    return find(wanted_of(**asked), after=unpack(cursor) if cursor else None)


def find(
    wanted: Wanted, *, after: Cursor | None = None, fields: Sequence[CustomField] | None = None
) -> SearchPage:
    """Return a page of a search; with words that nobody has all of, any of them will do.

    `fields` are the questions people can search by, where a caller has fetched them already.
    """
    at = after.at if after else clock.now()
    counted = weights()
    asked = frozenset(each.code for each in (filters() if fields is None else fields))
    if unknown := sorted(code for code, _answer in wanted.answers if code not in asked):
        raise SearchInvalid(fields=[f"f.{code}" for code in unknown])
    page = _Search(wanted, at, counted, asked, relaxed=False).page(after)
    if page.total or len(searched(wanted.q)) < 2:
        return page
    return _Search(wanted, at, counted, asked, relaxed=True).page(after)


class _Search:
    """One attempt at a search."""

    def __init__(
        self,
        wanted: Wanted,
        at: datetime,
        counted: dict[str, float],
        asked: frozenset[str],
        *,
        relaxed: bool,
    ) -> None:
        self.wanted, self.at, self.counted, self.relaxed = wanted, at, counted, relaxed
        self.asked = asked
        self.sql = SearchSql(wanted, at=at, weights=counted, relaxed=relaxed)
        self.minutes = wanted.minutes or _minutes_of(wanted.variant)
        self.free: dict[UUID, Slot] = {}
        self.offers: dict[UUID, WorkerService] = {}
        self.by_rule: dict[UUID, int] = {}
        self.refuted: set[UUID] = set()

    def page(self, after: Cursor | None) -> SearchPage:
        """Return one page, after a cursor or from the start."""
        if self.wanted.in_window:
            self._ask_the_rule()
        rows, moved_up = self._rows(after)
        while self._refuted_now(rows[: self.wanted.limit]):
            rows, moved_up = self._rows(after)
        page, cursor = rows[: self.wanted.limit], ""
        if len(rows) > self.wanted.limit:
            cursor = Cursor(self.at, float(page[-1]["key"]), page[-1]["id"], moved_up).pack()
        return self._page(page, cursor)

    def _rows(self, after: Cursor | None) -> tuple[list[Row], UUID | None]:
        """Return the rows of a page and one more; and who was moved up into the first ten."""
        if self.wanted.in_window:
            self.sql.only_free(
                self._window(), minutes=self.minutes, asked=self.by_rule, refuted=self.refuted
            )
        rows = _fetch(self.sql.rows(limit=self.wanted.limit + 1, after=after))
        if after is not None:
            return rows, after.moved_up
        if (new := self._newcomer(rows)) is None:
            return rows, None
        rows = [row for row in rows if row["id"] != new["id"]]
        rows.insert(NEWCOMER_PLACE - 1, new)
        return rows, new["id"]

    def _page(self, rows: list[Row], cursor: str) -> SearchPage:
        total, soon, facets = count(facets_sql(self.sql), asked=self.asked)
        return SearchPage(
            rows=[self._found(row) for row in rows if row["offer_id"] in self.offers],
            next_cursor=cursor,
            total=total,
            soon=soon,
            facets=facets,
            relaxed=self.relaxed and total > 0,
            wordless=bool(self.wanted.q.strip()) and not self.sql.text,
            weights=self.counted,
        )

    def _window(self) -> Window:
        wanted = self.wanted
        assert wanted.from_ is not None
        assert wanted.to is not None
        return window(wanted.from_, wanted.to, at=clock.now())

    def _ask_the_rule(self) -> None:
        """Find out who is free where the index cannot tell: enough for a total of a thousand."""
        self.sql.only_maybe_free(self._window(), minutes=self.minutes)
        last: Cursor | None = None
        while True:
            rows = _fetch(self.sql.rows(limit=MOST_VERIFIED, after=last, broad=True))
            self._look_up(rows)
            for row in rows:
                if (slot := self.free.get(row["offer_id"])) is not None:
                    self.by_rule[row["id"]] = minute(slot.starts_at)
            every = self.wanted.order == "soonest"  # The rule alone knows who comes first.
            if len(rows) < MOST_VERIFIED or (len(self.by_rule) >= MOST_VERIFIED and not every):
                return
            last = Cursor(self.at, float(rows[-1]["key"]), rows[-1]["id"])

    def _refuted_now(self, rows: Sequence[Row]) -> bool:
        """Look up a page's people; tell whether the slot rule says otherwise of some of them."""
        self._look_up([row for row in rows if row["offer_id"] not in self.offers])
        if not self.wanted.in_window:
            return False
        wrong = {row["id"] for row in rows if row["offer_id"] not in self.free}
        self.refuted |= wrong
        return bool(wrong)

    def _look_up(self, rows: Sequence[Row]) -> None:
        """Fetch rows' people and services, and the first slot of each in the window."""
        if not rows:
            return
        now = clock.now()
        from_, to = self.wanted.from_ or now, self.wanted.to or now + LOOKS_AHEAD
        offers = WorkerService.objects.select_related("worker", "service__category")
        found = offers.in_bulk([row["offer_id"] for row in rows])
        self.offers |= found
        zones = {offer.worker_id: offer.worker.zone for offer in found.values()}
        known = calendars(zones, from_=from_, to=to)
        limits = limits_of(found.values())
        for offer in found.values():
            limit = limits[offer.pk].lasting(self.minutes or offer.service.shortest_minutes)
            free = slots(known[offer.worker_id], limit, at=now, from_=from_, to=to)
            if (first := next(free, None)) is not None:
                self.free[offer.pk] = first

    def _newcomer(self, rows: Sequence[Row]) -> Row | None:
        """Return somebody new to be moved up, where the first ten know no one new."""
        if self.wanted.order != "recommended" or len(rows) <= NEWCOMER_PLACE:
            return None
        if any(row["jobs_done"] < NEWCOMER_JOBS for row in rows[:NEWCOMER_PLACE]):
            return None
        return next(iter(_fetch(self.sql.rows(limit=1, new_only=True))), None)

    def _found(self, row: Row) -> Found:
        offer = self.offers[row["offer_id"]]
        slot = self.free.get(offer.pk)
        features = {code: row[f"f_{code}"] for code in FACTORS}
        added = contributions(features, self.counted)
        facts = Facts(
            distance_km=row["distance_km"],
            next_slot_at=slot.starts_at if slot else None,
            rating=offer.worker.rating,
            rating_count=offer.worker.rating_count,
            at=self.at,
        )
        said = (FACTORS[code].reason(facts) for code in leading(added))
        return Found(
            offer=offer,
            price_minor=row["price_minor"],
            distance_km=row["distance_km"],
            next_slot=slot,
            score=float(row["score"]),
            contributions=added,
            reasons=[reason for reason in said if reason is not None][:MOST_REASONS],
        )


def _minutes_of(variant_id: UUID | None) -> int | None:
    """Return how long a variant takes, where that is a fixed time."""
    if variant_id is None:
        return None
    found = Variant.objects.filter(pk=variant_id, active=True).first()
    if found is None:
        raise SearchInvalid(fields=["variant"])
    return found.minutes or None


def _fetch(statement: Statement) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
