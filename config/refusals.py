"""Refusals in the reader's language."""

from django.utils.translation import gettext

from kernel.errors import Refusal


def explain(refusal: Refusal) -> str:
    """Return the refusal's sentence, translated, with its details filled in."""
    sentence = gettext(refusal.title)
    shown = {key: value for key, value in refusal.details.items() if f"{{{key}}}" in sentence}
    return sentence.format(**shown) if shown else sentence
