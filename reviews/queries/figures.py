"""What a worker's reviews add up to, and how many do not count, and why."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from marketplace.catalog.models import Worker
from reviews.models import Review
from reviews.rules.average import FEW_REVIEWS, Counted
from reviews.rules.review_states import VISIBLE, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What people see above the reviews."""

    average: float | None
    counted: int
    few: bool
    distribution: list[tuple[int, int, int]]
    labels: dict[str, int]
    excluded: dict[str, int]


def published_for(worker_id: UUID) -> QuerySet[Review]:
    """Return the reviews of a worker that count, newest first."""
    return shown_for(worker_id).filter(state=State.PUBLISHED)


def shown_for(worker_id: UUID) -> QuerySet[Review]:
    """Return every review of a worker that people may read, counted or not, newest first."""
    return (
        Review.objects.filter(side=Review.CUSTOMER, worker_id=worker_id, state__in=VISIBLE)
        .select_related("author__user", "booking", "worker", "reply")
        .prefetch_related("photos")
        .order_by("-submitted_at", "-id")
    )


def figures_of(worker: Worker) -> Figures:
    """Return the average that all pages show, how it is spread, and what does not count."""
    rows = list(shown_for(worker.pk).values_list("stars", "label", "state", "reason"))
    published = [(stars, label) for stars, label, state, _ in rows if state == State.PUBLISHED]
    stars = Counter(each for each, _ in published)
    most = max(stars.values(), default=1)
    return Figures(
        average=worker.rating,
        counted=len(published),
        few=0 < len(published) < FEW_REVIEWS,
        distribution=[
            (each, stars[each], round(100 * stars[each] / most)) for each in range(5, 0, -1)
        ],
        labels=dict(Counter(label for _, label in published)),
        excluded=dict(Counter(why for *_, state, why in rows if state != State.PUBLISHED)),
    )


def counted_here() -> dict[UUID, list[Counted]]:
    """Return the stars that count at this tenant, with their weight, by worker."""
    found: dict[UUID, list[Counted]] = {}
    rows = Review.objects.filter(side=Review.CUSTOMER, state=State.PUBLISHED).values_list(
        "worker_id", "stars", "label"
    )
    for worker_id, stars, label in rows:
        if stars is not None:
            found.setdefault(worker_id, []).append(Counted(stars, label == Review.VERIFIED))
    return found
