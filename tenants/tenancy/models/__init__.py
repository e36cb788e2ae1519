from tenants.tenancy.models.api_key import ApiKey
from tenants.tenancy.models.file import AccessLog, StoredFile
from tenants.tenancy.models.pages import AboutPage, HomePage, PromisePage
from tenants.tenancy.models.people import Membership, User
from tenants.tenancy.models.security import (
    ContactChange,
    HoldRelease,
    KnownDevice,
    ProofCode,
    Recovery,
    SecurityAlert,
    SecurityHold,
)
from tenants.tenancy.models.security_event import SecurityEvent
from tenants.tenancy.models.session import Handoff, SessionRecord
from tenants.tenancy.models.setting import TenantSetting
from tenants.tenancy.models.tenant import Domain, Tenant, TenantModel

__all__ = [
    "AboutPage",
    "AccessLog",
    "ApiKey",
    "ContactChange",
    "Domain",
    "Handoff",
    "HoldRelease",
    "HomePage",
    "KnownDevice",
    "Membership",
    "PromisePage",
    "ProofCode",
    "Recovery",
    "SecurityAlert",
    "SecurityEvent",
    "SecurityHold",
    "SessionRecord",
    "StoredFile",
    "Tenant",
    "TenantModel",
    "TenantSetting",
    "User",
]
