"""Questions about workers' bank accounts, batches, and what banks have answered."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor, Role
from kernel.crypto import unseal
from kernel.errors import NotFound
from payments.models import (
    Batch,
    BatchLine,
    Grant,
    IncomingTransfer,
    Payee,
    PayeeAccount,
    Payment,
    Payout,
)
from payments.providers.base import PayeeFact, PaymentFact, PayoutFact
from payments.providers.desk import sit_down
from payments.queries.stops import open_freeze_of
from payments.rules.bank_accounts import BankAccount
from payments.rules.bank_files import PayLine, pay_file
from payments.rules.payment_states import UNPAID
from tenants.tenancy.queries import office_members

RAIL_NAME = "manual_bank"
MOVED_ON = "moved_on"
LINE_FACTS = {
    "waiting": "submitted",
    "left_out": "failed",
    "sent": "submitted",
    "paid": "paid",
    "rejected": "failed",
    "returned": "failed",
}


def account_in_use(payee_id: UUID) -> PayeeAccount | None:
    """Return the bank account that a payee has given last, refused or not."""
    rows = PayeeAccount.objects.filter(payee_id=payee_id)
    return rows.exclude(state=PayeeAccount.REPLACED).first()


def opened_account(row: PayeeAccount) -> BankAccount:
    """Return an account with its number, for the file to the bank and nobody else."""
    told = json.loads(unseal(bytes(row.sealed), about=f"payee-account|{row.pk}"))
    return BankAccount(kind=row.kind, **told)


def waiting_payouts() -> QuerySet[Payout]:
    """Return cash-outs that wait for a batch, oldest first."""
    rows = Payout.objects.filter(state="requested", rail=RAIL_NAME, payee__provider=RAIL_NAME)
    taken = BatchLine.objects.filter(state=BatchLine.WAITING).values("payout_id")
    return rows.exclude(pk__in=taken).select_related("payee__member__user").order_by("pk")


def why_not_payable(line: BatchLine, account: PayeeAccount | None) -> str:
    """Say what has come in between since a cash-out was asked for; nothing if it may go."""
    payout = line.payout
    payee = payout.payee
    if payout.state != "requested" or payout.attempt != line.attempt:
        return MOVED_ON
    if payee.state != "active" or account is None or account.state != PayeeAccount.IN_USE:
        return "account_restricted"
    if payee.destination_at and payee.destination_at > payout.requested_at:
        return "destination_changed"
    if payee.doubt:
        return "destination_doubted"
    return "wallet_frozen" if open_freeze_of(payee.member_id) else ""


def lines_of(batch: Batch) -> QuerySet[BatchLine]:
    """Return the lines of a batch, in the order of its file."""
    rows = batch.lines.exclude(state=BatchLine.LEFT_OUT)
    return rows.select_related("payout__payee__member__user", "receipt").order_by("pk")


def draft_file(batch: Batch) -> tuple[bytes, list[BatchLine], dict[UUID, str]]:
    """Return what the file of a draft would be now, its lines, and why some are left out."""
    lines, pay, left_out = [], [], {}
    accounts = _accounts(each.payout.payee_id for each in lines_of(batch))
    for line in lines_of(batch):
        account = accounts.get(line.payout.payee_id)
        why = why_not_payable(line, account)
        if why or account is None:
            left_out[line.pk] = why
            continue
        lines.append(line)
        pay.append(
            PayLine(reference=line.reference, account=opened_account(account), amount=line.amount)
        )
    return pay_file(country=batch.country, lines=pay), lines, left_out


def _accounts(payee_ids: Iterable[UUID]) -> dict[UUID, PayeeAccount]:
    rows = PayeeAccount.objects.filter(payee_id__in=set(payee_ids))
    return {row.payee_id: row for row in rows.exclude(state=PayeeAccount.REPLACED)}


def batches(by: Actor) -> QuerySet[Batch]:
    """Return every batch to the office, newest first."""
    if not by.works_in_office:
        raise NotFound(what="batch")
    rows = Batch.objects.select_related("made_by__user", "approved_by__user")
    return rows.order_by("-pk")


def batch_of(by: Actor, batch_id: UUID) -> Batch:
    """Return one batch to the office."""
    try:
        return batches(by).get(pk=batch_id)
    except Batch.DoesNotExist:
        raise NotFound(what="batch") from None


def checks_alone(member_id: UUID) -> bool:
    """Tell whether nobody else of the office could look at what this person made."""
    others = office_members().exclude(pk=member_id)
    owners = others.filter(role=Role.OWNER)
    given = Grant.objects.filter(permission="batch_check", member__in=others)
    same_person = office_members().filter(pk=member_id).values("user_id")
    return not (
        owners.exclude(user_id__in=same_person).exists()
        or given.exclude(member__user_id__in=same_person).exists()
    )


def awaited_transfers(by: Actor) -> QuerySet[Payment]:
    """Return the payments that customers are to transfer, to the office, oldest first."""
    if not by.works_in_office:
        raise NotFound(what="payment")
    rows = Payment.objects.filter(provider="manual_transfer", state__in=UNPAID)
    return rows.exclude(page_ref="").select_related("payer__user").order_by("pk")


class OurDesk:
    """What people at this tenant have written down; see `providers.desk`."""

    def bank_account(self, account_ref: str) -> PayeeFact:
        """Tell whether there is a bank account to pay to."""
        payee = Payee.objects.filter(account_ref=account_ref).first()
        row = account_in_use(payee.pk) if payee else None
        if row is None:
            return PayeeFact(state="pending", missing=("external_account",))
        if row.state == PayeeAccount.REFUSED:
            return PayeeFact(
                state="restricted", missing=("external_account",), destination=row.shown
            )
        return PayeeFact(
            state="active",
            destination=row.shown,
            instrument=f"bank:{row.fingerprint}",
            holder=opened_account(row).holder,
        )

    def transfer(self, page_ref: str) -> PaymentFact:
        """Tell whether a customer's transfer has been seen."""
        seen = IncomingTransfer.objects.filter(page_ref=page_ref).first()
        if seen is None:
            return PaymentFact(state="requires_action")
        return PaymentFact(
            state="captured",
            intent_ref=page_ref,
            charge_ref=f"transfer_{seen.pk.hex}",
            fee_minor=0,
            settles_at=seen.seen_at,
        )

    def payout(self, ref: str) -> PayoutFact:
        """Tell what the bank has answered to a transfer of ours."""
        line = BatchLine.objects.filter(ref=ref).order_by("pk").last()
        if line is None:
            return PayoutFact(ref=ref, state="submitted")
        return PayoutFact(ref=ref, state=LINE_FACTS[line.state], failure=line.failure)


sit_down(OurDesk())
