"""A person who signed in at the auth host arrives at a tenant's host: once, within a minute."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kernel import clock
from kernel.actor import OFFICE, Role
from kernel.context import HOUSE
from kernel.edge import working_for
from tenants.tenancy.actions.join import join
from tenants.tenancy.models import Domain, Handoff, User
from tenants.tenancy.queries import address, roles_of, tenant_named
from tenants.tenancy.rules.handoff import (
    CODE_LIVES,
    HandoffRefused,
    SecondFactorNeeded,
    needs_second_factor,
    safe_next,
)

SECRET_BYTES = 16


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who arrived, how surely and since when we know them, and where they wanted to go."""

    user: User
    strong: bool
    proved_at: datetime | None
    next_path: str


def fresh_secret() -> str:
    """Return 128 bits of chance, to be written into an address or a cookie."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hashed(secret: str) -> str:
    """Return what we keep of a secret: nobody who reads the table can use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def hand_off(
    *,
    user: User,
    slug: str,
    state: str,
    next_path: str,
    strong: bool,
    proved_at: datetime | None,
) -> str:
    """Return the address at which a person arrives at a tenant; it works once, for a minute.

    Who works in the office and is going there needs a second factor first.
    """
    tenant = tenant_named(slug)
    path = safe_next(next_path)
    code = fresh_secret()
    with working_for(tenant.pk):
        in_office = any(role in roles_of(user.pk) for role in OFFICE)
        if in_office and needs_second_factor(path) and not strong:
            raise SecondFactorNeeded
        domain = Domain.objects.get(tenant=tenant, serves=Domain.TENANT, primary=True)
        Handoff.objects.create(
            user=user,
            code_hash=hashed(code),
            state_hash=hashed(state),
            host=domain.hostname,
            next_path=path,
            strong=strong,
            proved_at=proved_at,
            expires_at=clock.system_now() + CODE_LIVES,
        )
        return address(f"/account/arrive/?code={code}")


@transaction.atomic
def arrive(*, code: str, state: str, host: str) -> Arrival:
    """Use a handoff at the host it was made for; whoever is new here becomes a customer."""
    at = clock.system_now()
    bound = Handoff.objects.filter(code_hash=hashed(code), state_hash=hashed(state), host=host)
    if not state or not bound.filter(used_at=None, expires_at__gt=at).update(used_at=at):
        raise HandoffRefused
    handoff = bound.get()
    with working_for(HOUSE):
        user = User.objects.get(pk=handoff.user_id)
    if not user.is_active:
        raise HandoffRefused
    if not roles_of(user.pk):
        join(user=user, role=Role.CUSTOMER)
    return Arrival(
        user=user,
        strong=handoff.strong,
        proved_at=handoff.proved_at,
        next_path=safe_next(handoff.next_path),
    )
