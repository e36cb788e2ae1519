"""The float's part of a cash-out: lent, and taken back when the customer's money has settled.

It travels as a transfer of its own, which is reversed to pay it back. Talks to the provider: no
transactions around it.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.money import Money
from kernel.timers import set_timer
from payments.actions.ask_to_move import ask_to_allocate, ask_to_take_back
from payments.actions.post import post
from payments.models import Advance, Payout
from payments.providers.base import AllocationOrder, SaidNo, TakeBackOrder
from payments.queries import wallet_facts
from payments.rules.entries import advance_repaid, advance_taken_back, cashout_ref

REPAY, RETURN = "payments.repay_advances", "payments.return_unused"


def send_advance(*, payout: Payout) -> None:
    """Move the float's part of a payout to the payee's account, once per attempt."""
    row = Advance.objects.filter(payout=payout, state=Advance.DUE).first()
    if row is None:
        return
    key = f"advance:{row.pk}" + (f":{payout.sends}" if payout.sends else "")
    order = AllocationOrder(
        allocation_id=row.pk,
        account_ref=payout.payee.account_ref,
        charge_ref="",
        amount=Money(row.currency, row.amount_minor),
        group=cashout_ref(payout.pk).replace(":", "_"),
        purpose="advance",
    )
    ref = ask_to_allocate(order, provider=payout.payee.provider, purpose="advance", key=key)
    Advance.objects.filter(pk=row.pk).update(state=Advance.SENT, provider_ref=ref)


def repay_advances(*, member_id: UUID) -> int:
    """Take back what was lent to a worker and has settled since; return how often.

    Only of payouts that cannot come back any more; others are taken back whole when they do.
    """
    lent = Advance.objects.filter(
        payout__payee__member_id=member_id, payout__state="final", state=Advance.SENT
    )
    taken = sum(_repay(row, member_id) for row in list(lent.order_by("pk")))
    settles_at = wallet_facts(member_id).next_settles_at
    if settles_at and lent.exists():
        entry = f"{settles_at:%Y%m%d%H%M%S}"
        set_timer(REPAY, subject_id=member_id, at=settles_at, entry=entry)
    return taken


def _repay(row: Advance, member_id: UUID) -> int:
    row = _plan(row.pk, member_id)
    if not row.repaying_minor:
        return 0
    if not _reverse(row, row.repaying_minor):
        return 0
    _book(row.pk)
    return 1


@transaction.atomic
def _plan(advance_id: UUID, member_id: UUID) -> Advance:
    """Write down how much is taken back, so that a second try after a crash asks the same."""
    row = Advance.objects.select_for_update(no_key=True).get(pk=advance_id)
    if not row.repaying_minor:
        facts = wallet_facts(member_id)
        covered = facts.unsettled_minor + facts.unsettled_tips_minor
        due = max(0, facts.advanced_minor - covered)
        row.repaying_minor = min(row.outstanding.minor, due)
        row.save(update_fields=["repaying_minor"])
    return row


@transaction.atomic
def _book(advance_id: UUID) -> None:
    row = Advance.objects.select_for_update(of=("self",), no_key=True).get(pk=advance_id)
    if not row.repaying_minor:
        return
    amount, payout = Money(row.currency, row.repaying_minor), row.payout
    row.repaid_minor += row.repaying_minor
    row.repaying_minor = 0
    row.steps += 1
    row.state = Advance.SENT if row.outstanding else Advance.REPAID
    row.save(update_fields=["repaid_minor", "repaying_minor", "steps", "state"])
    payee = payout.payee.member_id
    post(advance_taken_back(payout_id=payout.pk, step=row.steps, payee=payee, amount=amount))
    post(advance_repaid(payout_id=payout.pk, step=row.steps, amount=amount))


def return_unused(*, payout_id: UUID) -> None:
    """Take back the float's part of a payout that did not arrive; the ledger knows already."""
    for row in Advance.objects.filter(payout_id=payout_id, state=Advance.UNUSED):
        if _reverse(row, row.outstanding.minor):
            Advance.objects.filter(pk=row.pk).update(state=Advance.DROPPED)


def _reverse(row: Advance, minor: int) -> bool:
    """Ask the provider to move a part of the float back; one that is refused is left for later."""
    key = f"advance:{row.pk}:reverse:{row.steps}:{row.tries}"
    order = TakeBackOrder(transfer_ref=row.provider_ref, amount=Money(row.currency, minor))
    try:
        ask_to_take_back(order, provider=row.payout.payee.provider, key=key)
    except SaidNo:
        _look_tomorrow(row)
        return False
    return True


@transaction.atomic
def _look_tomorrow(row: Advance) -> None:
    row.tries += 1
    row.save(update_fields=["tries"])
    name, subject_id = (
        (RETURN, row.payout_id)
        if row.state == Advance.UNUSED
        else (REPAY, row.payout.payee.member_id)
    )
    at = clock.now() + timedelta(days=1)
    set_timer(name, subject_id=subject_id, at=at, entry=f"refused:{row.pk.hex[-12:]}:{row.tries}")
