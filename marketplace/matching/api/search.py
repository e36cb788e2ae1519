"""The API of searching: who fits, in which order, and why."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime, ConfigDict

from kernel import clock
from marketplace.matching.access import not_for
from marketplace.matching.actions.note_search import note_search
from marketplace.matching.api.shapes import In, PriceOut, SlotOut, rating
from marketplace.matching.queries import Found, find
from marketplace.matching.queries.search import wanted_of
from marketplace.matching.queries.spelling import did_you_mean
from marketplace.matching.queries.wording import said
from marketplace.matching.rules.wanted import unpack

router = Router(tags=["matching"])


class SearchIn(In):
    """What is wanted. Prices in minor units; `from` and `to` go together, at most 31 days.

    `variant` or `duration` (minutes) say how long a free time has to be, and prices are the
    variant's. A marketplace's own questions are filters, too: `f.size=small`.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    q: str = Field(default="", max_length=120)
    category: str = ""
    service: str = ""
    lat: float | None = Field(default=None, ge=-90, le=90)
    lng: float | None = Field(default=None, ge=-180, le=180)
    radius_km: float | None = Field(default=None, gt=0, le=100)
    from_: AwareDatetime | None = Field(default=None, alias="from")
    to: AwareDatetime | None = None
    price_min: int | None = Field(default=None, ge=0)
    price_max: int | None = Field(default=None, ge=0)
    rating_min: float | None = Field(default=None, ge=1, le=5)
    language: str = Field(default="", max_length=5)
    verified: bool = False
    variant: UUID | None = None
    duration: int | None = Field(default=None, ge=15, le=720)
    sort: str = "recommended"
    cursor: str = ""
    limit: int = Field(default=24, ge=1, le=50)


class ReasonOut(Schema):
    """Why a row stands where it stands."""

    code: str
    text: str


class FoundOut(Schema):
    """One worker's service."""

    worker_service_id: UUID
    worker_slug: str
    worker_name: str
    photo: str
    service: str
    service_name: str
    price: PriceOut
    minutes: int
    rating: float | None
    rating_count: int
    distance_km: float | None
    next_slot: SlotOut | None
    zone: str
    place_needed: bool
    score: float
    contributions: dict[str, float]
    reasons: list[ReasonOut]


class PriceBandOut(Schema):
    """How many cost so much."""

    from_minor: int
    to_minor: int
    count: int


class FacetsOut(Schema):
    """How many there are of each kind, under all filters but the kind's own."""

    categories: dict[str, int]
    ratings: dict[str, int]
    prices: list[PriceBandOut]
    verified: int
    languages: dict[str, int]
    answers: dict[str, dict[str, int]]


class SearchOut(Schema):
    """A page of results. `relaxed`: some of the words; `wordless`: no word to search by.

    `did_you_mean`: words that find somebody, where what was typed found nobody with all of it.
    """

    items: list[FoundOut]
    next_cursor: str
    total: int
    relaxed: bool
    wordless: bool
    did_you_mean: str
    facets: FacetsOut
    weights: dict[str, float]


@router.get("/search", operation_id="search", response=SearchOut, auth=None)
def find_workers(request: HttpRequest, wanted: Query[SearchIn]) -> SearchOut:
    """Return whom customers can book that fits, in order, with reasons."""
    asked = wanted.model_dump()
    answers = {
        key.removeprefix("f."): str(value)
        for key, value in request.GET.items()
        if key.startswith("f.")
    }
    without = not_for(request)
    after = unpack(cursor) if (cursor := asked.pop("cursor")) else None
    search = wanted_of(minutes=asked.pop("duration"), answers=answers, without=without, **asked)
    page = find(search, after=after)
    if after is None:
        note_search(soon=page.soon)
    facets = FacetsOut(
        categories={str(key): n for key, n in page.facets.categories.items()},
        ratings={f"{least:g}": n for least, n in page.facets.ratings.items()},
        prices=[
            PriceBandOut(from_minor=low, to_minor=high, count=count)
            for low, high, count in page.facets.prices
        ],
        verified=page.facets.verified,
        languages=page.facets.languages,
        answers=page.facets.answers,
    )
    return SearchOut(
        items=[_found(each, place_needed=wanted.lat is None) for each in page.rows],
        next_cursor=page.next_cursor,
        total=page.total,
        relaxed=page.relaxed,
        wordless=page.wordless,
        did_you_mean=did_you_mean(search, page),
        facets=facets,
        weights=page.weights,
    )


def _found(found: Found, *, place_needed: bool) -> FoundOut:
    worker, service, slot, at = found.worker, found.service, found.next_slot, clock.now()
    return FoundOut(
        worker_service_id=found.offer.pk,
        worker_slug=worker.slug,
        worker_name=worker.name,
        photo=worker.photo_path,
        service=service.slug,
        service_name=service.shown_name,
        price=PriceOut(minor=found.price.minor, currency=found.price.currency),
        minutes=service.shortest_minutes,
        rating=rating(worker.rating),
        rating_count=worker.rating_count,
        distance_km=found.distance_km,
        next_slot=SlotOut(starts_at=slot.starts_at, ends_at=slot.ends_at) if slot else None,
        zone=worker.zone,
        place_needed=place_needed,
        score=found.score,
        contributions=found.contributions,
        reasons=[
            ReasonOut(code=each.code, text=said(each, at=at, zone=worker.zone))
            for each in found.reasons
        ],
    )
