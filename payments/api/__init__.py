"""Money, for programs. Amounts are whole minor units of a currency."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kernel.actor import Actor, Role
from kernel.idempotency import made_once
from kernel.money import LARGEST_MINOR, Money
from kernel.paging import page_of
from payments.actions.cash_out import cash_out
from payments.actions.change_payout import cancel_payout, retry_payout
from payments.actions.keep_quote import keep_quote
from payments.api import adjustments, back, batches, disputes, questions
from payments.api.keys import Key
from payments.models import Payout
from payments.queries import (
    cash_out_quote,
    holds_of,
    next_sweep_at,
    payout_of,
    payouts_of,
    wallet_of,
)
from payments.queries.statements import statements_of
from payments.queries.story import entries_about
from payments.rules.cash_out import DISCLOSURE, CashOutQuote, fee_basis_points
from tenants.tenancy.access import actor_of, demand_proof, office_actor_of
from tenants.tenancy.queries import here

router = Router(tags=["money"])
for part in (back, batches, questions, disputes, adjustments):
    router.add_router("", part.router)
PAGE = 50


class MoneyOut(Schema):
    """An amount in minor units."""

    currency: str
    minor: int


class RestingOut(Schema):
    """A part that rests: why, and until when."""

    reason: str
    amount: MoneyOut
    until: datetime | None


class WalletOut(Schema):
    """A worker's money."""

    available: MoneyOut
    pending: MoneyOut
    in_transit: MoneyOut
    owed: MoneyOut
    unsettled: MoneyOut
    reserved: list[RestingOut]
    frozen: bool
    next_settles_at: datetime | None
    next_sweep_at: datetime


class ReasonOut(Schema):
    """Why not all of it can be cashed out."""

    code: str
    minor: int | None
    at: datetime | None
    count: int | None


class OptionOut(Schema):
    """A way to be paid; the free one comes first."""

    name: str
    rail: str
    fee: MoneyOut
    fee_bp: int
    most: MoneyOut


class QuoteIn(Schema):
    """What somebody thinks of taking out."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=1, le=LARGEST_MINOR)


class QuoteOut(Schema):
    """What can be cashed out now. With an amount it can be held to: send `id` with the request."""

    id: UUID | None = None
    expires_at: datetime | None = None
    disclosure: str = DISCLOSURE
    allowed: MoneyOut
    advance: MoneyOut
    reasons: list[ReasonOut]
    options: list[OptionOut]


class CashOutIn(Schema):
    """A cash-out to request: what is to arrive, and the fee that was seen."""

    model_config = ConfigDict(extra="forbid")

    amount_minor: int = Field(ge=1, le=LARGEST_MINOR)
    option: Literal["free", "fast"] = "free"
    seen_fee_minor: int | None = Field(default=None, ge=0)
    quote_id: UUID | None = None
    disclosure: str = Field(default=DISCLOSURE, max_length=20)


class RetryIn(Schema):
    """By which way to send it again."""

    model_config = ConfigDict(extra="forbid")

    option: Literal["free", "fast"] = "free"


class CashOutOut(Schema):
    """A cash-out."""

    id: UUID
    state: str
    option: str
    rail: str
    amount: MoneyOut
    fee: MoneyOut
    advance: MoneyOut
    attempt: int
    swept: bool
    waits_for: str
    destination: str
    failure: str
    requested_at: datetime
    arrives_at: datetime | None
    paid_at: datetime | None


class CashOutPage(Schema):
    """A page of cash-outs, newest first."""

    items: list[CashOutOut]
    next_cursor: str | None


def _money(amount: Money) -> MoneyOut:
    return MoneyOut(currency=amount.currency, minor=amount.minor)


def _out(payout: Payout) -> CashOutOut:
    return CashOutOut(
        id=payout.pk,
        state=payout.state,
        option=payout.option,
        rail=payout.rail,
        amount=_money(payout.amount),
        fee=_money(payout.fee),
        advance=_money(payout.advance),
        attempt=payout.attempt,
        swept=payout.swept,
        waits_for=payout.waits_for,
        destination=payout.destination,
        failure=payout.failure,
        requested_at=payout.requested_at,
        arrives_at=payout.arrives_at,
        paid_at=payout.paid_at,
    )


def _worker(request: HttpRequest) -> Actor:
    return actor_of(request, role=Role.WORKER)


@router.get("/wallet", response=WalletOut, operation_id="get_wallet")
@router.get("/workers/me/wallet", response=WalletOut, operation_id="get_my_wallet")
def get_wallet(request: HttpRequest) -> WalletOut:
    """Show the wallet of the worker who asks."""
    by = _worker(request)
    assert by.member_id is not None
    wallet = wallet_of(by)
    return WalletOut(
        available=_money(wallet.available),
        pending=_money(wallet.pending),
        in_transit=_money(wallet.in_transit),
        owed=_money(wallet.owed),
        unsettled=_money(wallet.unsettled),
        reserved=[
            RestingOut(reason=each.reason, amount=_money(each.remaining), until=each.ends_at)
            for each in holds_of(by.member_id)
        ],
        frozen=wallet.frozen,
        next_settles_at=wallet.next_settles_at,
        next_sweep_at=next_sweep_at(),
    )


@router.post("/cashouts/quote", response=QuoteOut, operation_id="quote_cash_out")
def quote_cash_out(request: HttpRequest) -> QuoteOut:
    """Say how much the worker may cash out now, by which ways and for what fees."""
    return _quote_out(cash_out_quote(_worker(request)))


@router.post("/workers/me/cashouts/quote", response=QuoteOut, operation_id="keep_cash_out_quote")
def keep_cash_out_quote(request: HttpRequest, asked: QuoteIn) -> QuoteOut:
    """Say what an amount would cost, and keep the answer ten minutes for the request."""
    by, amount = _worker(request), Money(here().currency, asked.amount_minor)
    kept, answer = keep_quote(by=by, amount=amount, language=get_language() or "")
    out = _quote_out(answer, amount_minor=amount.minor)
    out.id, out.expires_at = kept.pk, kept.expires_at
    return out


def _quote_out(answer: CashOutQuote, *, amount_minor: int = 0) -> QuoteOut:
    currency = here().currency
    return QuoteOut(
        allowed=MoneyOut(currency=currency, minor=answer.allowed_minor),
        advance=MoneyOut(currency=currency, minor=answer.advance_minor),
        reasons=[ReasonOut(**asdict(each)) for each in answer.reasons],
        options=[
            OptionOut(
                name=each.name,
                rail=each.rail,
                fee=MoneyOut(currency=currency, minor=each.fee_minor),
                fee_bp=fee_basis_points(each.fee_minor, amount_minor or each.most_minor),
                most=MoneyOut(currency=currency, minor=each.most_minor),
            )
            for each in answer.options
        ],
    )


@router.post("/cashouts", response={201: CashOutOut}, operation_id="request_cash_out")
@router.post("/workers/me/cashouts", response={201: CashOutOut}, operation_id="request_my_cash_out")
def request_cash_out(
    request: HttpRequest,
    asked: CashOutIn,
    idempotency_key: Key = "",
) -> Status[Any]:
    """Cash out. The same Idempotency-Key gets the same answer and moves nothing twice.

    With a `quote_id` the answer must still hold for this amount; else 409 `cashout.quote_changed`.
    Who signed in more than five minutes ago proves first who they are (`step_up_required`).
    """
    by = _worker(request)
    demand_proof(request, back=reverse("payments:cash_out"))
    currency = here().currency
    seen = None if asked.seen_fee_minor is None else Money(currency, asked.seen_fee_minor)

    def make() -> CashOutOut:
        payout = cash_out(
            by=by,
            amount=Money(currency, asked.amount_minor),
            option=asked.option,
            key=f"{by.member_id}:{idempotency_key}"[:255],
            seen_fee=seen,
            quote_id=asked.quote_id,
            disclosure=asked.disclosure,
            language=get_language() or "",
        )
        return _out(payout)

    told, operation = asked.model_dump(), "request_cash_out"
    return Status(
        *made_once(by=by, key=idempotency_key, operation=operation, asked=told, make=make)
    )


@router.get("/cashouts", response=CashOutPage, operation_id="list_cash_outs")
def list_cash_outs(request: HttpRequest, cursor: str = "") -> CashOutPage:
    """List the worker's cash-outs, newest first."""
    rows, following = page_of(payouts_of(_worker(request)), cursor)
    return CashOutPage(items=[_out(row) for row in rows], next_cursor=following)


@router.get("/cashouts/{payout_id}", response=CashOutOut, operation_id="get_cash_out")
def get_cash_out(request: HttpRequest, payout_id: UUID) -> CashOutOut:
    """Show one cash-out of the worker who asks."""
    return _out(payout_of(_worker(request), payout_id))


@router.post("/cashouts/{payout_id}/cancel", response=CashOutOut, operation_id="cancel_cash_out")
def cancel_cash_out(request: HttpRequest, payout_id: UUID) -> CashOutOut:
    """Call a cash-out off, for free, before it has been sent. Safe to repeat."""
    return _out(cancel_payout(by=_worker(request), payout_id=payout_id))


@router.post("/cashouts/{payout_id}/retry", response=CashOutOut, operation_id="retry_cash_out")
def retry_cash_out(request: HttpRequest, payout_id: UUID, asked: RetryIn) -> CashOutOut:
    """Send a cash-out that came back once more, the same way or the free one."""
    by = _worker(request)
    demand_proof(request, back=reverse("payments:receipt", args=[payout_id]))
    return _out(retry_payout(by=by, payout_id=payout_id, option=asked.option))


class StatementOut(Schema):
    """A monthly statement; the files are at their paths, on this host."""

    id: UUID
    month: date
    currency: str
    sums: list[dict[str, Any]]
    pdf_path: str
    pdf_sha256: str
    csv_path: str
    csv_sha256: str


class PostingOut(Schema):
    """One line of an entry, debits positive."""

    account: str
    sub: str
    owner_id: UUID
    minor: int
    currency: str


class EntryOut(Schema):
    """An entry of the ledger."""

    id: UUID
    kind: str
    ref: str
    at: datetime
    postings: list[PostingOut]


@router.get("/statements", response=list[StatementOut], operation_id="list_statements")
def list_statements(request: HttpRequest) -> list[StatementOut]:
    """List the worker's monthly statements, newest first, ten years at most."""
    by = _worker(request)
    assert by.member_id is not None
    return [
        StatementOut(
            id=row.pk,
            month=row.month,
            currency=row.currency,
            sums=row.sums,
            pdf_path=f"/wallet/statements/{row.pk}.pdf",
            pdf_sha256=row.pdf_sha256,
            csv_path=f"/wallet/statements/{row.pk}.csv",
            csv_sha256=row.csv_sha256,
        )
        for row in statements_of(by.member_id)[:120]
    ]


@router.get("/ledger/entries", response=list[EntryOut], operation_id="list_ledger_entries")
def list_ledger_entries(request: HttpRequest, ref: str) -> list[EntryOut]:
    """List, for the office, every entry about one thing (`booking:…`), oldest first."""
    return [
        EntryOut(
            id=entry.pk,
            kind=entry.kind,
            ref=entry.ref,
            at=entry.effective_at,
            postings=[
                PostingOut(
                    account=each.account.kind,
                    sub=each.account.sub,
                    owner_id=each.account.owner_id,
                    minor=each.amount,
                    currency=each.currency,
                )
                for each in entry.postings.all()
            ],
        )
        for entry in entries_about(ref, by=office_actor_of(request))
    ]
