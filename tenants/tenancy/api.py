"""The API of tenancy: who am I here, and where is here."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from tenants.tenancy.access import is_strong, roles
from tenants.tenancy.models import User
from tenants.tenancy.queries import here

router = Router(tags=["tenancy"])


class RoleOut(Schema):
    """A role somebody has at this tenant."""

    role: str
    member_id: UUID
    moderates: bool


class MeOut(Schema):
    """The person who asks, as this tenant knows them."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    locale: str
    strong: bool
    roles: list[RoleOut]


class TenantOut(Schema):
    """A marketplace."""

    slug: str
    name: str
    niche: str
    country: str
    currency: str
    timezone: str
    locale: str
    city: str
    brand_color: str


@router.get("/me", operation_id="me", response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Return who is asking and in which roles they may act here."""
    user = cast("User", request.user)
    return MeOut(
        id=user.pk,
        name=user.get_full_name(),
        email=user.email,
        phone=user.phone,
        locale=user.locale,
        strong=is_strong(request),
        roles=[
            RoleOut(role=role, member_id=member.pk, moderates=member.moderates)
            for role, member in sorted(roles(request).items())
        ],
    )


@router.get("/tenant", operation_id="tenant", response=TenantOut, auth=None)
def tenant(request: HttpRequest) -> TenantOut:
    """Return whose marketplace this host is."""
    return TenantOut.from_orm(here())
