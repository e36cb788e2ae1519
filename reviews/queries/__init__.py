"""Questions about reviews. Nothing here writes."""

from reviews.queries.figures import Figures, figures_of, published_for, shown_for
from reviews.queries.reviews import (
    Standing,
    held_reviews,
    last_screening,
    own_review,
    photo_for,
    public_review,
    queue,
    review_for_office,
    review_of_me,
    standing_of,
)

__all__ = [
    "Figures",
    "Standing",
    "figures_of",
    "held_reviews",
    "last_screening",
    "own_review",
    "photo_for",
    "public_review",
    "published_for",
    "queue",
    "review_for_office",
    "review_of_me",
    "shown_for",
    "standing_of",
]
