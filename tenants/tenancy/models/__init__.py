from tenants.tenancy.models.people import Membership, User
from tenants.tenancy.models.setting import TenantSetting
from tenants.tenancy.models.tenant import Domain, Tenant, TenantModel

__all__ = ["Domain", "Membership", "Tenant", "TenantModel", "TenantSetting", "User"]
