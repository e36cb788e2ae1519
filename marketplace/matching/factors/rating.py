"""What customers say, so that one review does not decide."""

from django.utils.translation import gettext_noop as _

from marketplace.matching.factors.base import Factor, factor
from marketplace.matching.rules.ranking import Facts, Reason

# The average that people see is b = (10·m + Σ stars) / (10 + n), with m the marketplace's mean: ten
# average reviews to begin with. Without any review it is m.
AVERAGE = "coalesce(rating, %(mean_rating)s)"


def _reason(facts: Facts) -> Reason | None:
    if facts.rating is None:
        return None
    sentence = _("{rating} from {count} reviews") if facts.rating_count > 1 else _("{rating} stars")
    return Reason("rating", sentence, rating=facts.rating, count=facts.rating_count)


factor(
    Factor(
        code="rating",
        expression=f"greatest(0, least(1, ({AVERAGE} - 3) / 2.0))",
        title=_("Reviews"),
        explanation=_(
            "The average of real reviews, mixed with ten average ones, so that a single review"
            " neither makes nor breaks anybody."
        ),
        reason=_reason,
    )
)
