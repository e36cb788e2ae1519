"""Questions about tenants and their people. Nothing here writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from kernel import clock
from kernel.actor import Actor
from kernel.context import HOUSE, current_tenant
from kernel.crypto import Unsealable, unseal
from kernel.errors import NotFound
from tenants.tenancy.models import (
    ApiKey,
    Domain,
    HoldRelease,
    Membership,
    ProofCode,
    Recovery,
    SecurityAlert,
    SessionRecord,
    StoredFile,
    Tenant,
    TenantSetting,
    User,
)
from tenants.tenancy.rules.alerts import AlertGone
from tenants.tenancy.rules.first_pages import first_titles
from tenants.tenancy.rules.holds import MoneyHold, scope_of
from tenants.tenancy.rules.proof import CONTACT_RESTS
from tenants.tenancy.settings_schema import TenantSettings

S = TypeVar("S", bound=TenantSettings)
_KNOWN: ContextVar[Tenant | None] = ContextVar("known tenant", default=None)
_DECIDED: ContextVar[dict[str, Any] | None] = ContextVar("known settings", default=None)
MENU_DEPTH = 3  # Below the root and the front page.


def hostname(host: str) -> str:
    """Return a host's name as we keep it: without port, small letters, no final dot."""
    name = host.rsplit(":", 1)[0] if host.rpartition(":")[2].isdigit() else host
    return name.lower().rstrip(".")


def domain_at(host: str) -> Domain:
    """Return what a host leads to; ports and case do not matter. Unknown hosts are not found."""
    found = Domain.objects.select_related("tenant").filter(
        hostname=hostname(host), active=True, tenant__state=Tenant.OPEN
    )
    if (domain := found.first()) is None:
        raise NotFound(what="host")
    return domain


@contextmanager
def at_home(tenant: Tenant) -> Iterator[None]:
    """Let `here` know this row until the end of the block: the host brought it along.

    What the tenant has decided is asked for once as well, unless somebody decides anew meanwhile.
    """
    known, decided = _KNOWN.set(tenant), _DECIDED.set(None)
    try:
        yield
    finally:
        _KNOWN.reset(known)
        _DECIDED.reset(decided)


def here() -> Tenant:
    """Return the tenant we work for."""
    known = _known()
    return Tenant.objects.get(pk=current_tenant()) if known is None else known


def _known() -> Tenant | None:
    known = _KNOWN.get()
    return known if known is not None and known.pk == current_tenant() else None


def tenant_named(slug: str) -> Tenant:
    """Return a tenant by its short name: how operators call it."""
    try:
        return Tenant.objects.get(slug=slug)
    except Tenant.DoesNotExist:
        raise NotFound(what="tenant") from None


def all_tenants() -> QuerySet[Tenant]:
    """Return every business that is open, the house left out; for commands and sweeps."""
    return Tenant.objects.filter(state=Tenant.OPEN).exclude(pk=HOUSE).order_by("pk")


def membership_of(user_id: UUID, *, role: str) -> Membership:
    """Return a person's active membership in one role at this tenant."""
    members = Membership.objects.select_related("user")
    try:
        return members.get(user_id=user_id, role=role, active=True)
    except Membership.DoesNotExist:
        raise NotFound(what="membership") from None


def roles_of(user_id: UUID) -> dict[str, Membership]:
    """Return all active memberships of a person at this tenant, by role."""
    members = Membership.objects.select_related("user").filter(user_id=user_id, active=True)
    return {member.role: member for member in members}


def member(member_id: UUID) -> Membership:
    """Return a member of this tenant, active or not, with the person's account."""
    try:
        return Membership.objects.select_related("user").get(pk=member_id)
    except Membership.DoesNotExist:
        raise NotFound(what="membership") from None


def members_in(role: str) -> QuerySet[Membership]:
    """Return the active members in one role, with their accounts, by name."""
    members = Membership.objects.select_related("user").filter(role=role, active=True)
    return members.order_by("user__first_name", "pk")


def joined_until(role: str, *, at: datetime) -> list[tuple[UUID, datetime]]:
    """Return who had joined in a role by a moment, active or not, and when; for figures."""
    rows = Membership.objects.filter(role=role, joined_at__lte=at)
    return list(rows.values_list("pk", "joined_at"))


def office_members() -> QuerySet[Membership]:
    """Return this tenant's owners and staff: who is told when something needs a person."""
    return Membership.objects.select_related("user").filter(
        role__in=("owner", "staff"), active=True
    )


def settings_of(schema: type[S]) -> S:
    """Return what this tenant has decided about one group of settings."""
    if _known() is None:
        stored = TenantSetting.objects.filter(group=schema.group).values_list("values", flat=True)
        return schema.read(stored.first() or {})
    decided = _DECIDED.get()
    if decided is None:
        decided = dict(TenantSetting.objects.values_list("group", "values"))
        _DECIDED.set(decided)
    return schema.read(decided.get(schema.group, {}))


def ask_settings_anew() -> None:
    """Forget what `settings_of` remembers: somebody has just decided something else."""
    _DECIDED.set(None)


def address(path: str = "/", *, serves: str = Domain.TENANT) -> str:
    """Return the absolute address of a path: at this tenant, or at one of the house's hosts.

    It comes from the stored primary domain, never from the request.
    """
    tenant_id = current_tenant() if serves == Domain.TENANT else HOUSE
    if tenant_id == HOUSE and serves == Domain.TENANT:
        serves = Domain.AUTH  # Where people of the house work.
    domain = Domain.objects.get(tenant_id=tenant_id, serves=serves, primary=True)
    return f"{settings.PUBLIC_SCHEME}://{domain.hostname}{settings.PUBLIC_PORT}{path}"


def user_by_phone(phone: str) -> User | None:
    """Return who has a phone number (E.164), among those whom we may see here."""
    return User.objects.filter(phone=phone, is_active=True).first()


def sessions_of(user_id: UUID) -> QuerySet[SessionRecord]:
    """Return a person's sessions at this tenant, the latest first."""
    return SessionRecord.objects.filter(user_id=user_id).order_by("-seen_at")


def key_with(key_hash: str, *, at: datetime) -> ApiKey | None:
    """Return the key of this tenant that a hash belongs to, if it opens anything now."""
    keys = ApiKey.objects.select_related("member__user").filter(
        key_hash=key_hash, revoked_at=None, expires_at__gt=at, member__active=True
    )
    return keys.first()


def keys() -> QuerySet[ApiKey]:
    """Return this tenant's keys that were not revoked, the newest first."""
    return ApiKey.objects.filter(revoked_at=None).order_by("-made_at")


def stored_file(file_id: UUID) -> StoredFile:
    """Return a file of this tenant; whether the caller may see it is decided by who asks."""
    try:
        return StoredFile.objects.get(pk=file_id)
    except StoredFile.DoesNotExist:
        raise NotFound(what="file") from None


def file_path(file_id: UUID) -> Path:
    """Return where a file of this tenant lies: outside anything that is served."""
    return Path(settings.PRIVATE_FILES) / str(current_tenant()) / str(file_id)


def content_of(stored: StoredFile) -> bytes:
    """Return what is in a file, unsealed. Changed or swapped content raises `Unsealable`."""
    key = unseal(bytes(stored.sealed_key), about=f"file-key|{stored.pk}")
    try:
        sealed = file_path(stored.pk).read_bytes()
    except FileNotFoundError:
        raise NotFound(what="file") from None
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], str(stored.pk).encode())
    except InvalidTag:
        raise Unsealable("a stored file was changed") from None


def menu() -> list[tuple[str, str]]:
    """Return this tenant's own pages that belong in its menu, as (title, path).

    Titles that the owner has left as they came are in the reader's language.
    """
    pages = Page.objects.filter(depth=MENU_DEPTH, live=True, show_in_menus=True).order_by("path")
    rows = pages.values_list("title", "url_path")
    said = first_titles(here().locale, get_language() or "")
    return [(said.get(title, title), "/" + path.split("/", 2)[2]) for title, path in rows]


def origin_of(tenant: Tenant) -> str:
    """Return where a tenant's own pages begin: scheme, host and port."""
    domain = Domain.objects.get(tenant=tenant, serves=Domain.TENANT, primary=True)
    return f"{settings.PUBLIC_SCHEME}://{domain.hostname}{settings.PUBLIC_PORT}"


def proofs_of(user_id: UUID) -> tuple[str, ...]:
    """Return by which methods a person we may see can confirm who they are, the best first."""
    with connection.cursor() as cursor:
        values: list[Any] = [user_id, clock.now(), CONTACT_RESTS]
        cursor.execute("select proofs_of(%s, %s, %s)", values)
        return tuple(method for (method,) in cursor.fetchall())


def money_holds_of(user_id: UUID) -> list[MoneyHold]:
    """Return why a person's money has to wait here now; the one that ends last comes first."""
    with connection.cursor() as cursor:
        cursor.execute("select reason, until from money_holds_of(%s, %s)", [user_id, clock.now()])
        return [
            MoneyHold(reason=reason, until=until, scope=scope_of(reason))
            for reason, until in cursor.fetchall()
        ]


@dataclass(frozen=True, slots=True)
class SessionAnywhere:
    """A session of a person on some host, as the list in their account shows it."""

    tenant_id: int
    pk: UUID
    host: str
    device: str
    strong: bool
    seen_at: datetime


def sessions_anywhere(user_id: UUID) -> list[SessionAnywhere]:
    """Return a person's sessions on all hosts, the latest first; nothing outside the house."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tenant, record, host, device, strong, seen_at from sessions_of_person(%s)",
            [user_id],
        )
        return [SessionAnywhere(*row) for row in cursor.fetchall()]


def tenants_of_person(user_id: UUID) -> list[int]:
    """Return where a person has a membership; nothing outside the house."""
    with connection.cursor() as cursor:
        cursor.execute("select tenants_of_person(%s)", [user_id])
        return [tenant_id for (tenant_id,) in cursor.fetchall() if tenant_id != HOUSE]


def waiting_code(user_id: UUID, purpose: str) -> ProofCode | None:
    """Return the code that a person was sent last for a purpose, if it can still be used."""
    codes = ProofCode.objects.filter(user_id=user_id, purpose=purpose, used_at=None)
    return codes.filter(expires_at__gt=clock.system_now()).order_by("-expires_at").first()


def alert_with(token_hash: str) -> SecurityAlert:
    """Return the warning that a link belongs to, or say that the link is worth nothing now."""
    alerts = SecurityAlert.objects.select_related("user")
    found = alerts.filter(token_hash=token_hash, expires_at__gt=clock.now()).first()
    if found is None:
        raise AlertGone
    return found


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """A worker here whose money waits, and who has asked to let it go."""

    hold_id: UUID
    user_id: UUID
    name: str
    reason: str
    opened_at: datetime
    until: datetime | None
    release: HoldRelease | None


def held_people(by: Actor) -> list[HeldPerson]:
    """Return to the office whose money waits because of a change to their account."""
    if not by.works_in_office:
        raise NotFound(what="hold")
    with connection.cursor() as cursor:
        cursor.execute(
            "select h.hold, m.user_id, h.reason, h.opened_at, h.until from tenancy_membership m"
            " cross join lateral money_holds_of(m.user_id, %s) h"
            " where m.role = 'worker' order by h.opened_at desc",
            [clock.now()],
        )
        rows = cursor.fetchall()
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[row[1] for row in rows])}
    releases = HoldRelease.objects.select_related("asked_by__user")
    asked = {each.hold_id: each for each in releases.filter(hold_id__in=[row[0] for row in rows])}
    return [
        HeldPerson(hold, user, names[user], reason, opened_at, until, asked.get(hold))
        for hold, user, reason, opened_at, until in rows
    ]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that may have been an attack, at some tenant."""

    where: str
    kind: str
    object_kind: str
    object_id: str
    at: datetime


def security_events(*, since: datetime, most: int) -> list[Suspicion]:
    """Return what may have been attacks at any tenant, newest first; only the house gets any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.name, e.kind, e.object_kind, e.object_id, e.at"
            " from security_events(%s, %s) e join tenancy_tenant t on t.id = e.of_tenant",
            [since, most],
        )
        return [Suspicion(*row) for row in cursor.fetchall()]


def open_recoveries() -> QuerySet[Recovery]:
    """Return to operators whose lost second factor waits for another operator."""
    rows = Recovery.objects.select_related("user", "asked_by__user")
    return rows.filter(ended_at__isnull=True).order_by("asked_at")
