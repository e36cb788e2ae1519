"""Payouts: from an account's balance to its bank, paid on arrival or sent back."""

from __future__ import annotations

from simulators.stripe.calendar import next_midnight, next_working_day
from simulators.stripe.errors import Json, Refused
from simulators.stripe.events import emit
from simulators.stripe.faults import take
from simulators.stripe.lists import listing
from simulators.stripe.money import available, check_amount, move
from simulators.stripe.resources.external_accounts import destination
from simulators.stripe.resources.merging import merge, new_metadata
from simulators.stripe.routes import Call, operation
from simulators.stripe.tables import COUNTRIES, FAILING_ACCOUNTS
from simulators.stripe.world import DAY, World, on_timer

INSTANT_SECONDS = 60
UNDER_WAY = ("pending", "paid")  # What can still come back.
FAILURES = {
    "no_account": "The bank account could not be located.",
    "account_closed": "The bank account has been closed.",
    "insufficient_funds": "Your Stripe account has insufficient funds to cover the payout.",
    "debit_not_authorized": "Debit transactions are not approved on your bank account.",
    "invalid_currency": "The bank was unable to process this payout because of its currency.",
}


@operation("post", "/v1/payouts")
def create(world: World, call: Call) -> Json:
    """Send available money to the account's bank."""
    params = call.params
    amount, currency = params["amount"], params["currency"].lower()
    account = world.family("accounts")[call.account]
    if not account["payouts_enabled"]:
        raise Refused(
            "Cannot create payouts: this account does not have payouts enabled.",
            code="payouts_not_allowed",
        )
    check_amount(amount, currency, minimum=1)
    bank = destination(world, call.account, currency, params.get("destination"))
    method = params.get("method", "standard")
    if method == "instant":
        _check_instant(world, call, bank, currency)
    if available(world, call.account, currency) < amount:
        raise Refused(
            "You have insufficient funds in your Stripe account for this transfer. Your card"
            " balance is too low. You can use the /v1/balance endpoint to view your Stripe"
            " balance (for more details, see stripe.com/docs/api#balance).",
            code="balance_insufficient",
            param="amount",
        )
    return _send(world, call.account, bank, amount, method, params, automatic=False)


def _check_instant(world: World, call: Call, bank: Json, currency: str) -> None:
    country = COUNTRIES.get(bank["country"])
    fault = take(
        world,
        ("instant_ineligible", "instant_capped"),
        method="post",
        path=call.path,
        account=call.account,
    )
    if fault and fault["kind"] == "instant_capped":
        raise Refused(
            "You have reached your daily limit of instant payouts.",
            code="instant_payouts_limit_exceeded",
        )
    if fault or country is None or not country.instant:
        raise Refused(
            f"Instant payouts are not available for {currency.upper()} payouts to this"
            f" destination ({bank['country']}).",
            code="instant_payouts_unsupported",
            param="method",
        )


def _send(
    world: World,
    owner: str,
    bank: Json,
    amount: int,
    method: str,
    params: Json,
    *,
    automatic: bool,
) -> Json:
    arrival = _arrival(world, method)
    row = world.add(
        {
            "id": world.state.new_id("po"),
            "object": "payout",
            "amount": amount,
            "arrival_date": arrival,
            "automatic": automatic,
            "currency": bank["currency"],
            "description": params.get("description"),
            "destination": bank["id"],
            "failure_code": None,
            "metadata": new_metadata(params),
            "method": method,
            "reconciliation_status": "in_progress" if automatic else "not_applicable",
            "source_type": params.get("source_type", "card"),
            "statement_descriptor": params.get("statement_descriptor"),
            "status": "pending",
            "type": "bank_account",
        },
        owner=owner,
    )
    out = move(
        world,
        owner,
        kind="payout",
        amount=-amount,
        currency=bank["currency"],
        source=row["id"],
    )
    row["balance_transaction"] = out["id"]
    emit(world, "payout.created", row)
    world.later(arrival, "payout_arrives", payout=row["id"])
    return row


def _arrival(world: World, method: str) -> int:
    if world.settings.payout_seconds is not None:
        return world.now + world.settings.payout_seconds
    if method == "instant":
        return world.now + INSTANT_SECONDS
    return next_working_day(world.now)


@on_timer("payout_arrives")
def payout_arrives(world: World, arguments: Json) -> None:
    """The bank answers: paid, unless the account or a fault says otherwise."""
    row = world.family("payouts")[arguments["payout"]]
    if row["status"] != "pending":
        return
    bank = world.find(row["destination"])
    number = bank["_number"] if bank else "111111116"
    failures = (code for end, code in FAILING_ACCOUNTS.items() if number.endswith(end))
    code = next(failures, None)
    asked = {"method": "post", "path": "/v1/payouts", "account": row["_owner"]}
    if take(world, ("payout_failed",), **asked):
        code = code or "account_closed"
    if code:
        _fail(world, row, code)
        return
    row["status"] = "paid"
    emit(world, "payout.paid", row)
    if row["automatic"]:
        row["reconciliation_status"] = "completed"
        emit(world, "payout.reconciliation_completed", row)
    fault = take(world, ("payout_paid_then_failed",), **asked)
    if fault:
        world.later(world.now + int(fault["seconds"] or DAY), "payout_returns", payout=row["id"])


@on_timer("payout_returns")
def payout_returns(world: World, arguments: Json) -> None:
    """A payout that was announced as paid comes back after all."""
    _fail(world, world.family("payouts")[arguments["payout"]], "account_closed")


def come_back(world: World, row: Json) -> None:
    """The bank refuses a payout, or sends back one that had arrived."""
    if row["status"] not in UNDER_WAY:
        raise Refused(f"A payout that is {row['status']} cannot come back.")
    _fail(world, row, "account_closed")


def _fail(world: World, row: Json, code: str) -> None:
    back = _give_back(world, row, "payout_failure")
    row.update(
        status="failed",
        failure_code=code,
        failure_message=FAILURES[code],
        failure_balance_transaction=back["id"],
    )
    bank = world.find(row["destination"])
    if bank:
        bank["status"] = "errored"
        emit(world, "account.external_account.updated", bank)
    emit(world, "payout.failed", row)


def _give_back(world: World, row: Json, kind: str) -> Json:
    return move(
        world,
        row["_owner"],
        kind=kind,
        amount=row["amount"],
        currency=row["currency"],
        source=row["id"],
    )


@operation("post", "/v1/payouts/{payout}/cancel")
def cancel(world: World, call: Call) -> Json:
    """Call back a payout that the bank does not have yet."""
    row = retrieve(world, call)
    if row["status"] != "pending" or row["method"] == "instant" or row["automatic"]:
        raise Refused("This payout can no longer be canceled.", code="payout_cannot_be_canceled")
    back = _give_back(world, row, "payout_cancel")
    row.update(status="canceled", failure_balance_transaction=back["id"])
    emit(world, "payout.canceled", row)
    return row


@operation("get", "/v1/payouts/{payout}")
def retrieve(world: World, call: Call) -> Json:
    """One payout."""
    return world.get("payouts", call.key, call.account)


@operation("get", "/v1/payouts")
def list_payouts(world: World, call: Call) -> Json:
    """Payouts, newest first."""
    return listing(world, call, world.rows("payouts", call.account), "status", "destination")


@operation("post", "/v1/payouts/{payout}")
def update(world: World, call: Call) -> Json:
    """Change the metadata of a payout."""
    row = retrieve(world, call)
    merge(row, call.params)
    emit(world, "payout.updated", row)
    return row


@on_timer("daily_payouts")
def daily_payouts(world: World, arguments: Json) -> None:
    """At midnight accounts that are not on manual payouts send what they have to their bank."""
    schedule_daily(world)
    if not world.settings.automatic_payouts:
        return
    for account in list(world.family("accounts").values()):
        if account["payouts_enabled"] and _is_due(world, account):
            _sweep(world, account)


def schedule_daily(world: World) -> None:
    """Have the automatic payouts run at the next midnight."""
    world.later(next_midnight(world.now), "daily_payouts")


def _is_due(world: World, account: Json) -> bool:
    schedule = account.get("settings", {}).get("payouts", {}).get("schedule", {})
    interval = schedule.get("interval", "manual")
    days = ("thursday", "friday", "saturday", "sunday", "monday", "tuesday", "wednesday")
    if interval == "weekly":
        return days[world.now // DAY % 7] in schedule.get("weekly_payout_days", ["monday"])
    return bool(interval == "daily")


def _sweep(world: World, account: Json) -> None:
    for bank in list(world.rows("external_accounts", account["id"])):
        held = available(world, account["id"], bank["currency"])
        if bank["default_for_currency"] and bank["status"] != "errored" and held > 0:
            _send(world, account["id"], bank, held, "standard", {}, automatic=True)
