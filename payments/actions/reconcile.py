"""Our books against themselves and against a provider's statement. Runs for the house.

Talks to the provider: call it outside a transaction. What differs because we missed news is looked
at again; what then still differs is a person's to find out.
"""

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from kernel import clock
from kernel.money import Money
from payments.actions.ask_person import ask_person, close_question, close_questions
from payments.actions.book_own_payout import book_own_payout
from payments.models import ReconLine, ReconRun
from payments.providers import provider_of
from payments.providers.base import NoAnswer, Provider, SaidNo, StatementLine
from payments.queries.recon import (
    Found,
    at_provider,
    connected,
    control_figures,
    line_facts,
    without_line,
)
from payments.rules.recon import (
    EXTRA_HERE,
    MATCHED,
    MISSING_HERE,
    SETTLED,
    STOPS_PAYOUTS,
    Figure,
    compare,
    lacking,
)


@dataclass
class Findings:
    """What a comparison found, and what is to be looked at again, as (tenant, object)."""

    run: ReconRun
    look_again: list[tuple[int, str]] = field(default_factory=list)
    stopped: dict[int, list[str]] = field(default_factory=dict)


def reconcile(*, provider: str, day: date, final: bool) -> Findings:
    """Compare one day's lines, and all equations as they are now.

    Unless `final`, nobody is asked yet about lines that a second look may explain.
    """
    company = provider_of(provider)
    run = _begin(provider, day)
    findings = Findings(run)
    since = datetime.combine(day, time(), UTC)
    lines = company.statement(since=since, until=since + timedelta(days=1))
    _compare_lines(findings, company, [*lines, *_open_lines(provider, lines)])
    _find_extra(run, since)
    figures = [*control_figures(), *_of_collecting(company), *_of_payees(company, provider)]
    _finish(findings, figures, len(lines), final)
    return findings


@transaction.atomic
def _begin(provider: str, day: date) -> ReconRun:
    return ReconRun.objects.create(provider=provider, day=day)


def _open_lines(provider: str, lines: list[StatementLine]) -> list[StatementLine]:
    """Return earlier lines that have no match yet."""
    rows = ReconLine.objects.filter(provider=provider).exclude(
        result__in=(MATCHED, SETTLED, EXTRA_HERE)
    )
    known = {each.line_id for each in lines}
    return [
        StatementLine(
            line_id=row.line_id,
            category=row.category,
            source=row.source,
            currency=row.currency,
            amount_minor=row.amount_minor,
            fee_minor=row.fee_minor,
            made_at=row.made_at,
            available_at=row.available_at or row.made_at,
        )
        for row in rows
        if row.line_id not in known
    ]


def _compare_lines(findings: Findings, company: Provider, lines: list[StatementLine]) -> None:
    facts = line_facts([each.source for each in lines])
    for line in lines:
        found = facts.get(line.source)
        result = _result(line, found)
        _keep(findings.run.provider, line, result, found)
        if result == MISSING_HERE:
            findings.look_again += (
                [(found.tenant_id, line.source)] if found else _whose(company, line.source)
            )


def _result(line: StatementLine, found: Found | None) -> str:
    if found is None and book_own_payout(line=line):
        return MATCHED
    return compare(
        amount_minor=line.amount_minor,
        fee_minor=line.fee_minor,
        ours=found.ours if found else None,
    )


def _whose(company: Provider, source: str) -> list[tuple[int, str]]:
    """Return which of our things a line we do not know belongs to."""
    related = line_facts(list(company.related(source)))
    known = [(found.tenant_id, object_id) for object_id, found in related.items()]
    return known[:1]


@transaction.atomic
def _keep(provider: str, line: StatementLine, result: str, found: Found | None) -> None:
    row, _ = ReconLine.objects.select_for_update().get_or_create(
        provider=provider,
        line_id=line.line_id,
        defaults={
            "category": line.category,
            "source": line.source,
            "currency": line.currency,
            "amount_minor": line.amount_minor,
            "fee_minor": line.fee_minor,
            "made_at": line.made_at,
            "available_at": line.available_at,
            "result": result,
        },
    )
    if row.result != SETTLED:
        row.result = result
        row.lacks_minor = lacking(
            amount_minor=line.amount_minor,
            fee_minor=line.fee_minor,
            ours=found.ours if found else None,
            result=result,
        )
        row.of_tenant = found.tenant_id if found else None
        row.matched = f"{found.ours.kind}:{found.subject_id}" if found else ""
        row.save(update_fields=["result", "lacks_minor", "of_tenant", "matched"])


@transaction.atomic
def _find_extra(run: ReconRun, since: datetime) -> None:
    """Keep what we booked that day and the statement does not show."""
    ReconLine.objects.filter(provider=run.provider, result=EXTRA_HERE).update(result=SETTLED)
    for each in without_line(run.provider, since, since + timedelta(days=1)):
        ReconLine.objects.update_or_create(
            provider=run.provider,
            line_id=f"ours:{each.kind}:{each.subject_id}",
            defaults={
                "category": each.kind,
                "source": each.source,
                "currency": each.currency,
                "amount_minor": each.amount_minor,
                "made_at": each.made_at,
                "result": EXTRA_HERE,
                "of_tenant": each.tenant_id,
                "matched": f"{each.kind}:{each.subject_id}",
            },
        )


def _of_collecting(company: Provider) -> list[Figure]:
    """C3: what all tenants have at the provider is what the provider says it has of ours."""
    ours, theirs = at_provider(), company.balance()
    return [
        Figure(
            equation="C3",
            currency=currency,
            ours=ours.get(currency, 0),
            theirs=theirs.get(currency, 0),
        )
        for currency in sorted({*ours, *theirs})
        if ours.get(currency, 0) or theirs.get(currency, 0)
    ]


def _of_payees(company: Provider, provider: str) -> list[Figure]:
    """C4: what was moved to a payee's account and not paid out lies on that account."""
    figures = []
    for account, sums in sorted(connected(provider).items()):
        try:
            theirs = company.balance(account)
        except SaidNo:
            continue  # Disconnected: nobody tells us any more.
        except NoAnswer:
            continue  # Tomorrow night.
        figures += [
            Figure(
                equation="C4",
                currency=currency,
                ours=minor,
                theirs=theirs.get(currency, 0),
                account=account,
            )
            for currency, minor in sorted(sums.items())
        ]
    return figures


@transaction.atomic
def _finish(findings: Findings, figures: list[Figure], lines: int, final: bool) -> None:
    run = findings.run
    unmatched = ReconLine.objects.filter(provider=run.provider).exclude(
        result__in=(MATCHED, SETTLED)
    )
    run.lines, run.open_lines = lines, unmatched.count()
    run.figures = [asdict(each) for each in figures]
    run.broken = [asdict(each) for each in figures if not each.holds]
    run.finished_at = clock.now()
    run.save()
    if final:
        _ask_about_lines(list(unmatched), run.provider)
    for each in figures:
        _ask_about(each, run.day)
        if not each.holds and each.equation in STOPS_PAYOUTS and each.tenant_id is not None:
            findings.stopped.setdefault(each.tenant_id, []).append(each.equation)


def _ask_about_lines(unmatched: list[ReconLine], provider: str) -> None:
    for line in unmatched:
        ask_person(
            kind=line.result,
            key=f"line:{provider}:{line.line_id}",
            about=line.source or line.line_id,
            amount=Money(line.currency, line.amount_minor),
            line_id=str(line.pk),
            category=line.category,
            of_tenant=line.of_tenant,
            lacks_minor=line.lacks_minor,
        )
    matched = ReconLine.objects.filter(provider=provider, result__in=(MATCHED, SETTLED))
    for line_id in matched.values_list("line_id", flat=True):
        close_question(key=f"line:{provider}:{line_id}", note="matched")


def _ask_about(figure: Figure, day: date) -> None:
    """Ask about an equation that does not hold; close what was asked when it holds again."""
    stem = f"equation:{figure.equation}:{figure.tenant_id}:{figure.currency}:{figure.account}:"
    if figure.holds:
        close_questions(stem=stem, note="holds")
        return
    ask_person(
        kind="broken_equation",
        key=f"{stem}{day.isoformat()}",
        about=f"{figure.equation} {figure.account}".strip(),
        amount=Money(figure.currency, figure.ours - figure.theirs),
        equation=figure.equation,
        of_tenant=figure.tenant_id,
        ours=figure.ours,
        theirs=figure.theirs,
    )
