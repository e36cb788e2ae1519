"""Questions about the books of all tenants. Only the house may ask; the answers are sums."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from kernel.money import Money
from payments.models import ReconRun, RefusedSignal
from payments.rules.recon import Figure, Ours
from tenants.tenancy.models import Tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Our row behind a thing at a provider."""

    tenant_id: int
    subject_id: UUID
    ours: Ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """Something of ours that a statement does not show."""

    source: str
    tenant_id: int
    kind: str
    subject_id: UUID
    currency: str
    amount_minor: int
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A tenant's money in one currency: what came and went in a time, and where the rest is."""

    name: str
    came_in: Money
    went_out: Money
    in_flight: Money
    at_provider: Money
    owed: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFlow:
    """A tenant's money with one provider: what came and went in a time, what is under way."""

    name: str
    provider: str
    came_in: Money
    went_out: Money
    in_flight: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Float:
    """What the house lends to a tenant: left, promised to workers, with workers, all of it."""

    tenant_id: int
    name: str
    left: Money
    committed: Money
    advanced: Money
    open_advances: int
    funded: Money


def control_figures() -> list[Figure]:
    """Return the equations that our own books must satisfy, by tenant and currency."""
    rows = _ask(
        "select * from payments_controls() union all select * from payments_bank_figures()"
        " order by 1, 2, 3"
    )
    return [
        Figure(equation=equation, tenant_id=tenant, currency=currency, ours=ours, theirs=theirs)
        for equation, tenant, currency, ours, theirs in rows
    ]


def at_provider() -> dict[str, int]:
    """Return what all tenants together have on the collecting account, by currency."""
    sums: dict[str, int] = {}
    for _, currency, minor in _ask("select * from payments_at_provider()"):
        sums[currency] = sums.get(currency, 0) + minor
    return sums


def connected(provider: str) -> dict[str, dict[str, int]]:
    """Return what should lie on each payee's account; one account may serve several tenants."""
    sums: dict[str, dict[str, int]] = {}
    for account, currency, minor in _ask("select * from payments_connected(%s)", provider):
        of_account = sums.setdefault(account, {})
        of_account[currency] = of_account.get(currency, 0) + minor
    return sums


def connected_accounts(provider: str) -> list[str]:
    """Return the names of all payees' accounts at a provider, of all tenants."""
    return [account for (account,) in _ask("select payments_accounts(%s)", provider)]


def line_facts(sources: list[str]) -> dict[str, Found]:
    """Return our rows behind things at a provider, by the provider's names of them."""
    rows = _ask("select * from payments_line_facts(%s)", [each for each in sources if each])
    return {
        source: Found(
            tenant_id=tenant,
            subject_id=subject,
            ours=Ours(kind=kind, amount_minor=amount, fee_minor=fee, booked=booked),
        )
        for source, tenant, kind, subject, amount, fee, booked in rows
    }


def without_line(provider: str, since: datetime, until: datetime) -> list[Without]:
    """Return what we booked in a time and no statement's line shows."""
    asked = "select * from payments_without_line(%s, %s, %s) where amount <> 0"
    rows = _ask(asked, provider, since, until)  # What credits paid whole has no line.
    return [Without(**dict(zip(Without.__dataclass_fields__, row, strict=True))) for row in rows]


def money_by_tenant(since: datetime, until: datetime) -> list[Flow]:
    """Return every tenant's money: in and out in a time, in flight, at providers, owed."""
    rows = _ask("select * from payments_flow(%s, %s) order by 1, 2", since, until)
    names = dict(Tenant.objects.values_list("pk", "name"))
    columns = ("came_in", "went_out", "in_flight", "at_provider", "owed")
    return [
        Flow(
            name=names[tenant_id],
            **{column: Money(currency, minor) for column, minor in zip(columns, sums, strict=True)},
        )
        for tenant_id, currency, *sums in rows
    ]


def flows_by_provider(since: datetime, until: datetime) -> list[CompanyFlow]:
    """Return every tenant's money in, out and in flight, by who moves it."""
    rows = _ask("select * from payments_flow_by_provider(%s, %s) order by 1, 2, 3", since, until)
    names = dict(Tenant.objects.values_list("pk", "name"))
    columns = ("came_in", "went_out", "in_flight")
    return [
        CompanyFlow(
            name=names[tenant_id],
            provider=provider,
            **{column: Money(currency, minor) for column, minor in zip(columns, sums, strict=True)},
        )
        for tenant_id, provider, currency, *sums in rows
    ]


def tenants_floats() -> list[Float]:
    """Return what is lent to each tenant, and where it is."""
    names = dict(Tenant.objects.values_list("pk", "name"))
    return [
        Float(
            tenant_id=tenant_id,
            name=names[tenant_id],
            left=Money(currency, left),
            committed=Money(currency, committed),
            advanced=Money(currency, advanced),
            open_advances=count,
            funded=Money(currency, funded),
        )
        for tenant_id, currency, left, committed, advanced, count, funded in _ask(
            "select * from payments_floats() order by 1"
        )
    ]


def last_run() -> ReconRun | None:
    """Return how the last comparison of the books went; for the house."""
    return ReconRun.objects.filter(finished_at__isnull=False).order_by("-started_at").first()


def refusals_today(day: date) -> int:
    """Return how many messages were refused at our doors on a day; for the house."""
    rows = RefusedSignal.objects.filter(day=day)
    return rows.aggregate(total=Sum("count"))["total"] or 0


def _ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
