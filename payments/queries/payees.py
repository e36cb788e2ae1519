"""Questions about who is paid."""

from uuid import UUID

from django.db.models import QuerySet, Sum

from kernel.actor import Actor
from kernel.errors import NotFound
from kernel.money import Money
from payments.models import Advance, Allocation, Payee, Payout, Posting, TakeBack
from payments.providers import provider_of
from payments.providers.base import Rails
from payments.providers.registry import PAYEES, RAIL
from payments.queries.providers import provider_here
from payments.rules.payees import may_leave
from payments.rules.payout_states import ARRIVED, OPEN
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import here

BY_BANK = "manual_bank"


def payee_for(member_id: UUID) -> Payee | None:
    """Return a member's payee, if they ever began one."""
    return Payee.objects.filter(member_id=member_id).first()


def is_active_payee(member_id: UUID) -> bool:
    """Tell whether a member can be paid."""
    return Payee.objects.filter(member_id=member_id, state="active").exists()


def payable_members() -> QuerySet[Membership]:
    """Return the workers who have, or have begun, a payout account; by name."""
    payees = Payee.objects.values("member_id")
    rows = Membership.objects.filter(pk__in=payees).select_related("user")
    return rows.order_by("user__first_name", "pk")


def doubted_payees(by: Actor) -> QuerySet[Payee]:
    """Return to the office whose bank account waits for a look."""
    if not by.works_in_office:
        raise NotFound(what="payee")
    return Payee.objects.exclude(doubt="").select_related("member__user").order_by("pk")


def unsent_allocations(payee: Payee) -> QuerySet[Allocation]:
    """Return money that waits to be moved to a payee's account, oldest first."""
    return (
        Allocation.objects.select_related("payment", "payee")
        .filter(payee=payee, state=Allocation.PENDING)
        .order_by("pk")
    )


def money_at_provider(payee: Payee, *, besides: Payout) -> int:
    """Return what lies on a payee's account at the provider and no other payout has taken."""
    moved = Allocation.objects.filter(payee=payee, state=Allocation.SENT)
    taken = Payout.objects.filter(payee=payee, state__in=(*OPEN, *ARRIVED)).exclude(pk=besides.pk)
    came = moved.aggregate(total=Sum("amount_minor"))["total"] or 0
    went = taken.aggregate(total=Sum("amount_minor"), lent=Sum("advance_minor"))
    repaid = Advance.objects.filter(payout__in=taken).aggregate(total=Sum("repaid_minor"))["total"]
    back = TakeBack.objects.filter(allocation__payee=payee, state=TakeBack.SENT)
    gone = back.aggregate(total=Sum("amount_minor"))["total"] or 0
    return came - gone - (went["total"] or 0) + (went["lent"] or 0) - (repaid or 0)


def money_left_at_provider(payee: Payee) -> Money:
    """Return what was moved to a payee's account at the provider and has not left it."""
    lies = Posting.objects.filter(
        account__kind="psp_connected",
        account__owner_id=payee.member_id,
        currency=payee.currency,
    ).aggregate(total=Sum("amount"))
    return Money(payee.currency, lies["total"] or 0)


def may_change_rail(payee: Payee | None) -> bool:
    """Tell whether a payee's account at a company is lost, so that the bank's rail is offered."""
    if payee is None or payee.provider == BY_BANK:
        return False
    return may_leave(state=payee.state, missing=payee.missing)


def somebody_by_bank() -> bool:
    """Tell whether anybody is paid from the tenant's own bank."""
    return Payee.objects.filter(provider=BY_BANK).exists()


def rails_for(member_id: UUID | None) -> Rails:
    """Return how a member is paid: the own way of one who has left the company, else the usual."""
    payee = payee_for(member_id) if member_id else None
    if payee is not None and payee.left:
        return rails_of(payee)
    return provider_of(provider_here(RAIL)).rails(here().country)


def rails_of(payee: Payee) -> Rails:
    """Return how money is sent to a payee, by whoever keeps the payee's account."""
    return provider_of(payee.provider).rails(payee.country)


def serves_here(payee: Payee) -> bool:
    """Tell whether a payee's account is kept where this tenant pays from now.

    One who lost the account at the tenant's company is paid from the tenant's bank.
    """
    return provider_here(PAYEES) in (payee.provider, payee.left)
