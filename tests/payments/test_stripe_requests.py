"""Every request the Stripe adapter can make, held against the parameter types of Stripe's own SDK.

The sandbox reads each request with those types. What the adapter sends must pass; each parameter
is then taken away and misspelt in turn, so that a request cannot lose one it needs, nor gain one
that Stripe does not know, without a test failing.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import stripe

from kernel import clock
from kernel.money import Money
from payments.providers.base import RefundOrder, TakeBackOrder
from payments.providers.stripe import Stripe
from payments.providers.stripe import client as stripe_client
from simulators.stripe.engine import Engine
from tests.support.wire import (
    Desk,
    Request,
    Wire,
    allocation,
    card_order,
    page_order,
    payee_order,
    payout,
    saved,
)

SILENT = {"rails", "verify"}  # These ask Stripe nothing.
FREE_WORDS = ("metadata",)  # Below them Stripe takes any name.


Ask = Callable[[], object]
PAGE = {
    "line_items",
    "line_items[0][price_data]",
    "line_items[0][price_data][currency]",
    "line_items[0][price_data][product_data]",
    "line_items[0][price_data][product_data][name]",
    "line_items[0][price_data][unit_amount]",
    "success_url",
}
CASES: dict[str, tuple[Callable[[Desk], Ask], set[str]]] = {}


def case(name: str, *needed: str) -> Callable[[Callable[[Desk], Ask]], Callable[[Desk], Ask]]:
    """Name a way to call the adapter, `method` or `method: how`, and what Stripe insists on."""

    def register(arrange: Callable[[Desk], Ask]) -> Callable[[Desk], Ask]:
        CASES[name] = (arrange, set(needed))
        return arrange

    return register


@case("open_page", *PAGE)
def _open_page(desk: Desk) -> Ask:
    return lambda: desk.stripe.open_page(page_order(), "k1")


@case("open_page: by hand", *PAGE)
def _open_page_by_hand(desk: Desk) -> Ask:
    return lambda: desk.stripe.open_page(page_order(capture="manual"), "k1")


@case("fetch_payment: page")
def _fetch_page(desk: Desk) -> Ask:
    page = desk.page()
    return lambda: desk.stripe.fetch_payment(page_ref=page, intent_ref="")


@case("fetch_payment")
def _fetch_payment(desk: Desk) -> Ask:
    intent = desk.paid()
    return lambda: desk.stripe.fetch_payment(page_ref="", intent_ref=intent)


@case("capture")
def _capture(desk: Desk) -> Ask:
    intent = desk.paid(capture="manual")
    whole = Money("MXN", 65_900)
    return lambda: desk.stripe.capture(intent_ref=intent, amount=whole, key="k1")


@case("cancel")
def _cancel(desk: Desk) -> Ask:
    intent = desk.paid(capture="manual")
    return lambda: desk.stripe.cancel(page_ref="", intent_ref=intent, key="k1")


@case("cancel: page")
def _cancel_page(desk: Desk) -> Ask:
    page = desk.page()
    return lambda: desk.stripe.cancel(page_ref=page, intent_ref="", key="k1")


@case("refund", "payment_intent")
def _refund(desk: Desk) -> Ask:
    order = RefundOrder(refund_id=uuid4(), intent_ref=desk.paid(), amount=Money("MXN", 9_000))
    return lambda: desk.stripe.refund(order, "k1")


@case("fetch_refund")
def _fetch_refund(desk: Desk) -> Ask:
    order = RefundOrder(refund_id=uuid4(), intent_ref=desk.paid(), amount=Money("MXN", 9_000))
    made = desk.stripe.refund(order, "k1").ref
    return lambda: desk.stripe.fetch_refund(made)


@case("find_pages")
def _find_pages(desk: Desk) -> Ask:
    desk.page()
    return lambda: desk.stripe.find_pages(key="k1", since=clock.now())


@case("find_refunds")
def _find_refunds(desk: Desk) -> Ask:
    intent = desk.paid()
    return lambda: desk.stripe.find_refunds(key="k1", intent_ref=intent)


@case("open_account")
def _open_account(desk: Desk) -> Ask:
    return lambda: desk.stripe.open_account(payee_order("MX", "MXN"), "k1")


@case("open_account: paid daily")
def _open_account_paid_daily(desk: Desk) -> Ask:
    return lambda: desk.stripe.open_account(payee_order("BR", "BRL"), "k1")


@case("onboarding_url", "account", "refresh_url", "return_url", "type")
def _onboarding_url(desk: Desk) -> Ask:
    made = desk.stripe.open_account(payee_order("MX", "MXN"), "k1")
    here = "http://patitas.localhost/wallet/account/"
    return lambda: desk.stripe.onboarding_url(
        account_ref=made, return_url=here, refresh_url=here, key="k2"
    )


@case("fetch_payee")
def _fetch_payee(desk: Desk) -> Ask:
    account = desk.account()
    return lambda: desk.stripe.fetch_payee(account)


# Without `source_transaction` the money would have to be there already.
@case("allocate", "amount", "currency", "destination", "source_transaction")
def _allocate(desk: Desk) -> Ask:
    order = allocation(desk.account(), desk.charge(), "MXN")
    return lambda: desk.stripe.allocate(order, "k1")


@case("reverse")
def _reverse(desk: Desk) -> Ask:
    _, made = desk.transfer()
    order = TakeBackOrder(transfer_ref=made, amount=Money("MXN", 9_000))
    return lambda: desk.stripe.reverse(order, "k1")


@case("send", "amount", "currency")
def _send(desk: Desk) -> Ask:
    account = desk.funded()
    return lambda: desk.stripe.send(payout(account), "k1")


@case("send: at once", "amount", "currency")
def _send_at_once(desk: Desk) -> Ask:
    account = desk.funded("US", "USD")
    return lambda: desk.stripe.send(payout(account, "stripe_instant", "USD"), "k1")


@case("fetch_payout")
def _fetch_payout(desk: Desk) -> Ask:
    account = desk.funded()
    made = desk.stripe.send(payout(account), "k1").ref
    return lambda: desk.stripe.fetch_payout(ref=made, account_ref=account)


@case("find_accounts")
def _find_accounts(desk: Desk) -> Ask:
    return lambda: desk.stripe.find_accounts(key="k1", since=clock.now())


@case("find_transfers")
def _find_transfers(desk: Desk) -> Ask:
    return lambda: desk.stripe.find_transfers(key="k1", group="booking_1")


@case("find_reversals")
def _find_reversals(desk: Desk) -> Ask:
    _, made = desk.transfer()
    return lambda: desk.stripe.find_reversals(key="k1", transfer_ref=made)


@case("find_payouts")
def _find_payouts(desk: Desk) -> Ask:
    account = desk.account()
    return lambda: desk.stripe.find_payouts(key="k1", account_ref=account, since=clock.now())


@case("missed_signals")
def _missed_signals(desk: Desk) -> Ask:
    return lambda: desk.stripe.missed_signals(since=clock.now())


@case("missed_signals: account")
def _missed_signals_of_account(desk: Desk) -> Ask:
    account = desk.account()
    return lambda: desk.stripe.missed_signals(since=clock.now(), account=account)


@case("open_card_page", "currency", "mode", "success_url")
def _open_card_page(desk: Desk) -> Ask:
    return lambda: desk.stripe.open_card_page(card_order(), "k1")


@case("fetch_payment: card")
def _fetch_card(desk: Desk) -> Ask:
    page = desk.stripe.open_card_page(card_order(), "k1").ref
    desk.control(f"/sessions/{page}/pay", card="visa")
    return lambda: desk.stripe.fetch_payment(page_ref=page, intent_ref="")


@case("cancel: card page")
def _cancel_card_page(desk: Desk) -> Ask:
    made = desk.stripe.open_card_page(card_order(), "k1")
    return lambda: desk.stripe.cancel(page_ref=made.ref, intent_ref=made.intent_ref, key="k2")


NEEDED_WITH_A_SAVED_CARD = ("amount", "confirm", "currency", "customer", "payment_method")


@case("charge_saved", *NEEDED_WITH_A_SAVED_CARD)
def _charge_saved(desk: Desk) -> Ask:
    order = saved(desk)
    return lambda: desk.stripe.charge_saved(order, "k1")


@case("find_charges")
def _find_charges(desk: Desk) -> Ask:
    order = saved(desk)
    desk.stripe.charge_saved(order, "k1")
    return lambda: desk.stripe.find_charges(order, "k1")


@case("balance")
def _balance(desk: Desk) -> Ask:
    return lambda: desk.stripe.balance()


@case("balance: account")
def _balance_of_account(desk: Desk) -> Ask:
    account = desk.account()
    return lambda: desk.stripe.balance(account)


@case("statement")
def _statement(desk: Desk) -> Ask:
    desk.paid()
    now = clock.now()
    return lambda: desk.stripe.statement(since=now - timedelta(days=1), until=now)


@case("related")
def _related(desk: Desk) -> Ask:
    charge = desk.charge()
    return lambda: desk.stripe.related(charge)


@case("fetch_dispute")
def _fetch_dispute(desk: Desk) -> Ask:
    dispute = desk.disputed()
    return lambda: desk.stripe.fetch_dispute(dispute)


@case("send_evidence")
def _send_evidence(desk: Desk) -> Ask:
    dispute = desk.disputed()
    return lambda: desk.stripe.send_evidence(ref=dispute, words="She was there.", key="k1")


@case("close_dispute")
def _close_dispute(desk: Desk) -> Ask:
    dispute = desk.disputed()
    return lambda: desk.stripe.close_dispute(ref=dispute, key="k1")


@case("fetch_warning")
def _fetch_warning(desk: Desk) -> Ask:
    warning = desk.warned()
    return lambda: desk.stripe.fetch_warning(warning)


@pytest.fixture
def desk(monkeypatch) -> Desk:
    """The adapter, talking to a sandbox in this process."""
    engine = Engine(seed=7, now=int(clock.now().timestamp()))
    wire = Wire(engine)
    spoken = stripe.StripeClient("sk_test_x", max_network_retries=0, http_client=wire)
    monkeypatch.setattr(stripe_client, "_client", lambda *_: spoken)
    return Desk(Stripe(), engine, wire, spoken)


def requests_of(desk: Desk, name: str) -> list[Request]:
    """Call the adapter and return what it asked Stripe."""
    ask = CASES[name][0](desk)
    desk.wire.asked.clear()
    ask()
    return list(desk.wire.asked)


def places(params: dict[str, Any], at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the way to every parameter and every part of one."""
    for name, value in params.items():
        yield (*at, name)
        if isinstance(value, dict):
            yield from places(value, (*at, name))


def called(place: tuple[str, ...]) -> str:
    """Return a parameter's name as Stripe writes it."""
    return place[0] + "".join(f"[{each}]" for each in place[1:])


def changed(params: dict[str, Any], place: tuple[str, ...], name: str | None) -> dict[str, Any]:
    """Return the parameters without the one at a place, or with it under another name.

    What is empty then is not there either: a form cannot say it.
    """
    copy = deepcopy(params)
    around = [copy]
    for step in place[:-1]:
        around.append(around[-1][step])
    value = around[-1].pop(place[-1])
    if name:
        around[-1][name] = value
    for step, outer in zip(reversed(place[:-1]), reversed(around[:-1]), strict=True):
        if not outer[step]:
            del outer[step]
    return copy


def test_no_method_of_the_adapter_is_left_out():
    public = {name for name in dir(Stripe) if not name.startswith("_")}

    assert {name.split(":")[0] for name in CASES} == public - SILENT


@pytest.mark.parametrize("name", CASES)
def test_what_the_adapter_asks_passes_the_types_of_the_sdk(desk, name):
    for request in requests_of(desk, name):
        answer = request.again(request.params)

        assert answer.status == 200, answer.body


@pytest.mark.parametrize("name", CASES)
def test_taking_away_a_required_parameter_is_refused(desk, name):
    refused = set()
    for request in requests_of(desk, name):
        for place in places(request.params):
            answer = request.again(changed(request.params, place, None))
            if answer.status != 200:
                assert answer.body["error"]["type"] == "invalid_request_error"
                refused.add(called(place))

    assert {each.replace("[1]", "[0]") for each in refused} == CASES[name][1]


@pytest.mark.parametrize("name", CASES)
def test_a_misspelt_parameter_is_refused(desk, name):
    for request in requests_of(desk, name):
        for place in places(request.params):
            if place[-1].isdigit() or set(FREE_WORDS) & set(place[:-1]):
                continue
            answer = request.again(changed(request.params, place, f"{place[-1]}_x"))

            assert answer.status == 400, called(place)
            assert answer.body["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize("name", CASES)
def test_every_write_carries_our_key(desk, name):
    for request in requests_of(desk, name):
        if request.method == "post":
            assert request.headers["Idempotency-Key"] in ("k1", "k2")
