"""Texts of a row in more languages than the tenant's own."""

from django.db import models
from django.utils.translation import get_language


class Translated(models.Model):
    """A row whose texts may be said in other languages: `texts` is language → field → words."""

    texts = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def said(self, field: str, language: str | None = None) -> str:
        """Return a text in a language, the reader's by default; else as the tenant wrote it."""
        wanted = (language or get_language() or "").lower()
        for each in (wanted, wanted[:2]):
            if words := self.texts.get(each, {}).get(field):
                return str(words)
        return str(getattr(self, field))

    @property
    def shown_name(self) -> str:
        """The name for whoever reads now."""
        return self.said("name")

    @property
    def shown_description(self) -> str:
        """The description for whoever reads now."""
        return self.said("description")
