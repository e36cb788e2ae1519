"""Words for checks, their standing and the reasons of decisions."""

from django import template
from django.utils.functional import Promise

from tenants.identity import kinds

register = template.Library()


@register.filter
def check_title(kind: str) -> str | Promise:
    """Return what a kind of check is called."""
    return kinds.CHECKS[kind]


@register.filter
def part_title(part: str) -> str | Promise:
    """Return what a piece of evidence is called."""
    return kinds.PARTS[part]


@register.filter
def field_title(name: str) -> str | Promise:
    """Return what a stated field is called."""
    return kinds.FIELDS[name]


@register.filter
def reason_text(code: str) -> str | Promise:
    """Return the sentence of a reason."""
    return kinds.REASONS[code]


@register.filter
def remark_text(code: str) -> str | Promise:
    """Return what a reviewer should look at."""
    return kinds.REMARKS[code]


@register.filter
def check_state(code: str) -> str | Promise:
    """Return what a state of a check is called."""
    return kinds.STATES[code]


@register.filter
def scan_text(code: str) -> str | Promise:
    """Return what a scan came to, in words for the badge's holder."""
    return kinds.SCANS[code]


@register.filter
def revoke_text(code: str) -> str | Promise:
    """Return why a badge is not valid any more."""
    return kinds.REVOKE_REASONS[code]


@register.filter
def standing_text(code: str) -> str | Promise:
    """Return how a requirement stands."""
    return kinds.STANDINGS[code]


@register.filter
def standing_tone(code: str) -> str:
    """Return the tone in which a standing is shown."""
    return kinds.TONES[code]


@register.filter
def what_to_do(code: str) -> str | Promise:
    """Return what the worker should do about a requirement."""
    return kinds.WHAT_TO_DO[code]
