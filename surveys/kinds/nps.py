"""Would a customer recommend the marketplace? 0 to 10."""

from django.utils.translation import gettext_noop as _

from surveys.kinds.base import Kind, kind

NPS = kind(
    Kind(
        key="nps",
        audience="customer",
        low=0,
        high=10,
        question=_("How likely are you to recommend {tenant} to someone close to you? (0 to 10)"),
        low_means=_("Not likely at all"),
        high_means=_("Very likely"),
    )
)
