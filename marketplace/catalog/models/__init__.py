"""Who offers what: categories, services, workers, parts of town."""

from marketplace.catalog.models.category import Category, Zone
from marketplace.catalog.models.service import AddOn, Service
from marketplace.catalog.models.worker import Worker, WorkerService

__all__ = ["AddOn", "Category", "Service", "Worker", "WorkerService", "Zone"]
