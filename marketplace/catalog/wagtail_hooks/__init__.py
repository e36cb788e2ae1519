"""The office's pages of the catalogue."""

from marketplace.catalog.wagtail_hooks import approvals, imports, offers, workers

__all__ = ["approvals", "imports", "offers", "workers"]
