"""How well the words fit."""

from django.utils.translation import gettext_noop as _

from marketplace.matching.factors.base import Factor, factor
from marketplace.matching.rules.ranking import Facts, Reason


def _reason(facts: Facts) -> Reason | None:
    return Reason("text", _("Fits your words"))


factor(
    Factor(
        code="text",
        expression="text_rank",
        title=_("What you typed"),
        explanation=_(
            "Services whose name has your words come first, then those that mention them."
            " Without words this does not count."
        ),
        reason=_reason,
    )
)
