"""How soon somebody is free."""

from django.utils.translation import gettext_noop as _

from marketplace.matching.factors.base import Factor, factor
from marketplace.matching.rules.ranking import Facts, Reason


def _reason(facts: Facts) -> Reason | None:
    if facts.next_slot_at is None:
        return None
    return Reason("soonest", _("Free {when}"), slot_at=facts.next_slot_at)


factor(
    Factor(
        code="soonest",
        expression=(
            "coalesce(greatest(0, least(1, 1 - (extract(epoch from next_slot_at - %(at)s)"
            " / 86400.0 - 1) / 13.0)), 0)"
        ),
        title=_("How soon"),
        explanation=_(
            "Whoever is free within 24 hours gets all of it, whoever is free in 14 days nothing."
        ),
        reason=_reason,
    )
)
