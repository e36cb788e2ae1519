"""Who offers what: categories, services, workers, parts of town."""

from marketplace.catalog.models.category import Category, Zone
from marketplace.catalog.models.service import AddOn, Service, Variant
from marketplace.catalog.models.worker import OfferedVariant, Worker, WorkerService

__all__ = [
    "AddOn",
    "Category",
    "OfferedVariant",
    "Service",
    "Variant",
    "Worker",
    "WorkerService",
    "Zone",
]
