"""A little luck, another one every day, so that everybody is seen."""

from django.utils.translation import gettext_noop as _

from marketplace.matching.factors.base import Factor, factor
from marketplace.matching.rules.ranking import Facts, Reason


def _reason(facts: Facts) -> Reason | None:
    return None


factor(
    Factor(
        code="rotation",
        expression=(
            "((hashtextextended(worker_id::text || (%(at)s at time zone 'UTC')::date::text, 0)"
            " & 65535) / 65535.0)::float8"
        ),
        title=_("Taking turns"),
        explanation=_(
            "A number drawn anew for everybody every day, so that the same people are not always"
            " first. One of the first ten has done fewer than five jobs here."
        ),
        reason=_reason,
    )
)
