from tenants.tenancy.models.file import AccessLog, StoredFile
from tenants.tenancy.models.people import Membership, User
from tenants.tenancy.models.session import Handoff, SessionRecord
from tenants.tenancy.models.setting import TenantSetting
from tenants.tenancy.models.tenant import Domain, Tenant, TenantModel

__all__ = [
    "AccessLog",
    "Domain",
    "Handoff",
    "Membership",
    "SessionRecord",
    "StoredFile",
    "Tenant",
    "TenantModel",
    "TenantSetting",
    "User",
]
