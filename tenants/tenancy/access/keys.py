"""Who calls the API: a person signed in at this host, or a program with a key of this tenant."""

import hashlib

from django.http import HttpRequest
from ninja.utils import check_csrf

from kernel import clock
from kernel.limits import Limit, take
from tenants.tenancy.models import ApiKey
from tenants.tenancy.queries import key_with
from tenants.tenancy.rules.keys import READ, SAFE_METHODS, CsrfFailed, ScopeMissing, needed_scope

LIMITS = {READ: Limit("api.read", 120, 60)}
WRITES = Limit("api.write", 60, 60)


def by_key_or_session(request: HttpRequest) -> object | None:
    """Let the API know who calls, or nobody (401).

    A session's writes carry the CSRF token: neighbours share our site, if not our host.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by_key(request, secret.strip())
    if not request.user.is_authenticated:
        return None
    if request.method not in SAFE_METHODS and check_csrf(request) is not None:
        raise CsrfFailed
    return request.user


def _by_key(request: HttpRequest, secret: str) -> ApiKey | None:
    key = key_with(hashlib.sha256(secret.encode()).hexdigest(), at=clock.now())
    if key is None:
        return None
    scope = needed_scope(request.method or "")
    if scope not in key.scopes:
        raise ScopeMissing
    take(LIMITS.get(scope, WRITES), subject=str(key.pk))
    request.user = key.member.user
    request._roles = {key.member.role: key.member}  # type: ignore[attr-defined]  # See `roles`.
    request._by_key = True  # type: ignore[attr-defined]  # See `is_strong`.
    return key
