"""The office's pages of the catalogue."""

from marketplace.catalog.wagtail_hooks import approvals, offers, workers

__all__ = ["approvals", "offers", "workers"]
