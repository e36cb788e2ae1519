"""The office's pages of the catalogue."""

from marketplace.catalog.wagtail_hooks import offers, workers

__all__ = ["offers", "workers"]
