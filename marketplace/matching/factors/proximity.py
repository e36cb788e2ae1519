"""How near somebody lives."""

from django.utils.translation import gettext_noop as _

from marketplace.matching.factors.base import Factor, factor
from marketplace.matching.rules.ranking import Facts, Reason


def _reason(facts: Facts) -> Reason | None:
    if facts.distance_km is None:
        return None
    return Reason("proximity", _("{distance} away"), km=facts.distance_km)


factor(
    Factor(
        code="proximity",
        expression="case when distance_km is not null then greatest(0, 1 - distance_km / 20.0) end",
        title=_("How near"),
        explanation=_(
            "The nearer, the better, up to 20 km. Distances are measured from an approximate point,"
            " never from somebody's door. Without a place this does not count."
        ),
        reason=_reason,
    )
)
