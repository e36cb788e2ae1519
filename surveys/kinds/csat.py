"""How satisfied with one visit? 1 to 5."""

from django.utils.translation import gettext_noop as _

from surveys.kinds.base import Kind, kind

CSAT = kind(
    Kind(
        key="csat",
        audience="customer",
        low=1,
        high=5,
        question=_("How satisfied were you with this service? (1 = not at all, 5 = very)"),
        low_means=_("Not at all"),
        high_means=_("Very"),
    )
)
