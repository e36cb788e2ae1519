"""Who offers what: categories, services, workers, parts of town."""

from marketplace.catalog.models.area import AreaPart
from marketplace.catalog.models.category import Category, Zone
from marketplace.catalog.models.custom_field import CustomField, FieldValue
from marketplace.catalog.models.importing import ExternalId, ImportJob
from marketplace.catalog.models.offer import OfferedVariant, Revision, Suspension, WorkerService
from marketplace.catalog.models.parts import AddOn, Variant
from marketplace.catalog.models.service import Service
from marketplace.catalog.models.worker import Worker

__all__ = [
    "AddOn",
    "AreaPart",
    "Category",
    "CustomField",
    "ExternalId",
    "FieldValue",
    "ImportJob",
    "OfferedVariant",
    "Revision",
    "Service",
    "Suspension",
    "Variant",
    "Worker",
    "WorkerService",
    "Zone",
]
