"""An owner gives a program a key, and takes it away."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID

from kernel import clock
from kernel.actor import Actor, Role
from kernel.errors import NotAllowed, NotFound
from tenants.tenancy.models import ApiKey
from tenants.tenancy.rules.keys import LONGEST, SCOPES, ScopeUnknown

PREFIX = "oficio_"
SHOWN = 12


class OwnersGiveKeys(NotAllowed):
    code = "key.owners_only"
    title = "Only owners give keys to programs."


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key, with the secret that is shown once and never again."""

    key: ApiKey
    secret: str


def create_key(*, by: Actor, name: str, scopes: tuple[str, ...]) -> NewKey:
    """Make a key that acts as the owner who made it, for a year at most."""
    if by.role != Role.OWNER or by.member_id is None:
        raise OwnersGiveKeys
    if not scopes or not set(scopes) <= set(SCOPES):
        raise ScopeUnknown(fields=["scopes"])
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name,
        member_id=by.member_id,
        scopes=list(scopes),
        key_hash=hashlib.sha256(secret.encode()).hexdigest(),
        shown=secret[:SHOWN],
        expires_at=clock.now() + LONGEST,
    )
    return NewKey(key=key, secret=secret)


def revoke_key(*, by: Actor, key_id: UUID) -> ApiKey:
    """Let a key open nothing from now on."""
    if by.role != Role.OWNER:
        raise OwnersGiveKeys
    if (key := ApiKey.objects.filter(pk=key_id).first()) is None:
        raise NotFound(what="key")
    if key.revoked_at is None:
        key.revoked_at = clock.now()
        key.save(update_fields=["revoked_at"])
    return key
