"""Who offers what: categories, services, workers, parts of town."""

from marketplace.catalog.models.category import Category, Zone
from marketplace.catalog.models.custom_field import CustomField, FieldValue
from marketplace.catalog.models.service import AddOn, Service, Variant
from marketplace.catalog.models.worker import OfferedVariant, Worker, WorkerService

__all__ = [
    "AddOn",
    "Category",
    "CustomField",
    "FieldValue",
    "OfferedVariant",
    "Service",
    "Variant",
    "Worker",
    "WorkerService",
    "Zone",
]
