"""Would a worker recommend the marketplace as a place to work? 0 to 10."""

from django.utils.translation import gettext_noop as _

from surveys.kinds.base import Kind, kind

ENPS = kind(
    Kind(
        key="enps",
        audience="worker",
        low=0,
        high=10,
        question=_("How likely are you to recommend {tenant} as a place to work? (0 to 10)"),
        low_means=_("Not likely at all"),
        high_means=_("Very likely"),
    )
)
