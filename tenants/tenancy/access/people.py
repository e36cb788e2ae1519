"""Who is behind a request: a person, in one of their roles at this tenant."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails

from kernel.actor import OFFICE, Actor, Role
from kernel.errors import NotFound
from tenants.tenancy.access.sessions import is_strong
from tenants.tenancy.models import Membership, Tenant, User
from tenants.tenancy.queries import roles_of
from tenants.tenancy.rules.handoff import SecondFactorNeeded


class Request(HttpRequest):
    """A request as our middleware leaves it; for type checking only."""

    htmx: HtmxDetails
    tenant: Tenant


R = TypeVar("R", bound=HttpRequest)


def me(request: HttpRequest) -> User:
    """Return the account of whoever has signed in; ask `signed_in` first."""
    return cast("User", request.user)


def roles(request: HttpRequest) -> dict[str, Membership]:
    """Return the memberships of whoever asks, by role; nobody has none. One query a request."""
    if request.user.pk is None:
        return {}
    known: dict[str, Membership] | None = getattr(request, "_roles", None)
    if known is None:
        known = roles_of(request.user.pk)
        request._roles = known  # type: ignore[attr-defined]  # Kept for this request only.
    return known


def actor_of(request: HttpRequest, *, role: Role) -> Actor:
    """Return who is asking, in this role; for a stranger there is nothing here (`NotFound`).

    Owners and staff count as such only after a second factor (`SecondFactorNeeded`).
    """
    if (membership := roles(request).get(role)) is None:
        raise NotFound(what="membership")
    if role in OFFICE and not is_strong(request):
        raise SecondFactorNeeded
    return Actor(role=role, member_id=membership.pk)


def office_actor_of(request: HttpRequest) -> Actor:
    """Return the owner or staff member who asks, or `NotFound`."""
    for role in (Role.OWNER, Role.STAFF):
        if role in roles(request):
            return actor_of(request, role=role)
    raise NotFound(what="membership")


def login_address(request: HttpRequest) -> str:
    """Return where to sign in, and to come back from to this very page."""
    return f"/account/login/?next={quote(request.get_full_path())}"


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Send whoever has not signed in to do so, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(login_address(request))
        return view(request, *args, **kwargs)

    return guarded
