from tenants.identity.models.check import CheckStep, Evidence, WorkerCheck
from tenants.identity.models.holder import Badge, BadgeScan, Holder
from tenants.identity.models.visit import Visit, VisitLink

__all__ = [
    "Badge",
    "BadgeScan",
    "CheckStep",
    "Evidence",
    "Holder",
    "Visit",
    "VisitLink",
    "WorkerCheck",
]
