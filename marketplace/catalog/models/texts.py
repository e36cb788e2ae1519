"""Texts of a row in more languages than the tenant's own."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import get_language


def said_in(texts: Mapping[str, str | None], usual: str, language: str | None = None) -> str:
    """Return the words in a language, the reader's by default; else as they were written."""
    wanted = (language or get_language() or "").lower()
    return texts.get(wanted) or texts.get(wanted[:2]) or usual


class Translated(models.Model):
    """A row whose texts may be said in other languages: `texts` is language → field → words."""

    texts = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def said(self, field: str, language: str | None = None) -> str:
        """Return a text in a language, the reader's by default; else as the tenant wrote it."""
        by_language = {key: words.get(field) for key, words in self.texts.items()}
        return said_in(by_language, str(getattr(self, field)), language)

    def in_all_languages(self, field: str) -> list[str]:
        """Return a text as the tenant wrote it, then as it is said in other languages."""
        others = [words.get(field) for _language, words in sorted(self.texts.items())]
        return [str(getattr(self, field)), *(words for words in others if words)]

    @property
    def shown_name(self) -> str:
        """The name for whoever reads now."""
        return self.said("name")

    @property
    def shown_description(self) -> str:
        """The description for whoever reads now."""
        return self.said("description")
