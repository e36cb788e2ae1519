"""Puts the codes and sentences of reviews into the reader's language."""

from django import template
from django.utils.translation import gettext

from reviews.kinds import DECISIONS, EXCLUDED, REASON_CODES

register = template.Library()


@register.filter
def spoken(words: str) -> str:
    """Translate a sentence that is kept in English."""
    return gettext(words) if words else ""


@register.filter
def why_not_counted(code: str) -> str:
    """Say why a review does not count."""
    return spoken(EXCLUDED.get(code, ""))


@register.filter
def decided(code: str) -> str:
    """Say what a moderator decided."""
    return spoken(DECISIONS.get(code, code))


@register.filter
def because(code: str) -> str:
    """Say why a moderator decided so."""
    return spoken(REASON_CODES.get(code, code))


@register.filter
def of_hundred(share: float) -> float:
    """Turn a share of one into so many of a hundred."""
    return 100 * share
