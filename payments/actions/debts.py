"""What a worker owes is written down, paid by a part of later earnings, or forgiven."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.actions.post import post
from payments.models import Debt
from payments.queries.permissions import demand
from payments.rules.debts import check_forgiving, check_reason
from payments.rules.entries import debt_written_off
from payments.tenant_settings import RefundSettings
from tenants.support.actions.open_case import open_case
from tenants.tenancy.queries import settings_of


def owe(
    *, member_id: UUID, amount: Money, cause: str, about: str, reference: str, finding: str = ""
) -> Debt:
    """Write down what a member owes; the caller posts it to worker_receivable."""
    return Debt.objects.create(
        member_id=member_id,
        cause=cause,
        about=about,
        reference=reference,
        finding=finding[:1000],
        currency=amount.currency,
        amount_minor=amount.minor,
        left_minor=amount.minor,
    )


def pay_debts(*, member_id: UUID, amount: Money) -> None:
    """Count an amount, which the caller posts, against a member's debts, oldest first."""
    rest = amount.minor
    rows = Debt.objects.select_for_update(no_key=True).filter(
        member_id=member_id, state=Debt.OPEN, currency=amount.currency
    )
    for debt in rows.order_by("pk"):
        paid = min(rest, debt.left_minor)
        rest -= paid
        debt.left_minor -= paid
        if not debt.left_minor:
            debt.state, debt.closed_at = Debt.PAID, clock.now()
        debt.save(update_fields=["left_minor", "state", "closed_at"])
        if not rest:
            return
    raise AssertionError("more was paid than is owed")


@transaction.atomic
def ask_to_forgive(*, by: Actor, debt_id: UUID, reason: str) -> Debt:
    """Propose to write a debt off; somebody else has to agree."""
    demand(by, "write_off")
    check_reason(reason)
    debt = _locked(debt_id)
    days = settings_of(RefundSettings).forgive_after_days
    check_forgiving(open_=debt.state == Debt.OPEN, made_at=debt.made_at, days=days, at=clock.now())
    debt.forgiveness_asked_by_id = by.member_id
    debt.forgiveness_asked_at = clock.now()
    debt.forgiveness_reason = reason.strip()[:1000]
    debt.save()
    return debt


@transaction.atomic
def forgive(*, by: Actor, debt_id: UUID) -> Debt:
    """Write off what is left of a debt that somebody else has proposed to forgive."""
    demand(by, "write_off")
    debt = _locked(debt_id)
    if debt.state == Debt.WRITTEN_OFF:
        return debt
    days = settings_of(RefundSettings).forgive_after_days
    check_forgiving(
        open_=debt.state == Debt.OPEN,
        made_at=debt.made_at,
        days=days,
        at=clock.now(),
        asked_by=debt.forgiveness_asked_by_id,
        by=by.member_id,
        second=True,
    )
    post(
        debt_written_off(
            debt_id=debt.pk, worker=debt.member_id, reference=debt.reference, amount=debt.left
        )
    )
    debt.left_minor, debt.state, debt.closed_at = 0, Debt.WRITTEN_OFF, clock.now()
    debt.forgiven_by_id = by.member_id
    debt.save()
    return debt


@transaction.atomic
def appeal_debt(*, by: Actor, debt_id: UUID, words: str) -> Debt:
    """Let a worker object to a debt: somebody of the office looks at it again."""
    check_reason(words)
    debt = _locked(debt_id)
    if debt.member_id != by.member_id:
        raise NotFound(what="debt")
    debt.appealed_at = debt.appealed_at or clock.now()
    debt.save(update_fields=["appealed_at"])
    open_case(
        by=by,
        kind="money_appeal",
        priority="P2",
        about_kind="debt",
        about_id=debt.pk,
        title=words.strip(),
        key=f"debt:{debt.pk}:appeal",
        person_id=by.member_id,
    )
    return debt


def _locked(debt_id: UUID) -> Debt:
    try:
        return Debt.objects.select_for_update(no_key=True).get(pk=debt_id)
    except Debt.DoesNotExist:
        raise NotFound(what="debt") from None
