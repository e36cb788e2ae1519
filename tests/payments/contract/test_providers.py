"""What every provider keeps to, whoever it is. One more provider is one more file, and a stand."""

import pytest

from kernel import clock, outbox
from kernel.actor import Role
from payments.actions.cash_out import cash_out
from payments.actions.refund import refund
from payments.actions.void import void
from payments.models import Payee
from payments.providers import caps_of, provider_in, provider_of
from payments.providers.base import BadSignature, PayeeOrder, SaidNo
from payments.providers.registry import (
    COLLECTOR,
    PAYEES,
    RAIL,
    ROLES,
    NobodyServes,
    choose,
    names,
    offer_of,
)
from payments.providers.saved import KeepsCards
from payments.queries import rails_of, wallet_of
from payments.templatetags.money_words import RAILS
from tenants.tenancy.actions.change_setting import change_setting
from tests.payments.contract.stands import STANDS, Stand
from tests.support.ledgers import ledger
from tests.support.worlds import joins
from tests.support.worlds_bank import BY_BANK
from tests.support.worlds_money import done, member_id, mxn, owes, reported

pytestmark = pytest.mark.usefixtures("patitas")
MONEY_RESTS_ON = ("psp_pending", "psp_available", "bank", "cash_with_worker")


def playing(role: str) -> list[str]:
    return [name for name in names() if role in offer_of(name).roles]


def stand_of(name: str, request) -> Stand:
    sandbox = request.getfixturevalue("stripe_sandbox") if name == "stripe" else None
    olga, ana, clara = (request.getfixturevalue(each) for each in ("olga", "ana", "clara"))
    if name.startswith("manual"):
        change_setting(by=olga, group="payments.providers", values=BY_BANK)
    office = (olga, joins("berta", Role.OWNER))
    return STANDS[name](name=name, worker=ana, payer=clara, office=office, sandbox=sandbox)


@pytest.fixture(params=playing(COLLECTOR))
def collector(request) -> Stand:
    """Whoever takes money."""
    return stand_of(request.param, request)


@pytest.fixture(params=playing(RAIL))
def rail(request) -> Stand:
    """Whoever keeps payees' accounts and pays them."""
    return stand_of(request.param, request)


def test_every_provider_has_a_stand():
    assert sorted(STANDS) == names()


def test_what_a_payer_pays_lies_where_the_offer_says(collector):
    payment = collector.pays(collector.owes())

    held, blocks = ledger(), collector.blocks
    assert payment.state == "captured"
    assert held["customer_deposit"] == -blocks.service.minor
    assert held.get("tip_held", 0) == -blocks.tip.minor
    fee = held.get("psp_fee", 0)
    assert held[caps_of(collector.name).lands_in] == blocks.total.minor - fee
    assert payment.fee_minor == fee
    assert payment.settles_at is not None


def test_hearing_of_a_payment_again_changes_nothing(collector):
    payment = collector.pays(collector.owes())
    before = ledger()

    collector.seen(payment)
    if collector.name != "cash":
        provider_of(collector.name).fetch_payment(
            page_ref=payment.page_ref, intent_ref=payment.intent_ref
        )

    assert (collector.seen(payment).state, ledger()) == ("captured", before)


def test_a_page_has_a_name_that_finds_its_payment_and_an_address(collector):
    payment = collector.owes()

    assert payment.page_ref
    assert payment.page_url.startswith("http")
    first = (payment.page_ref, payment.page_url)
    collector.opens(payment)
    assert (payment.page_ref, payment.page_url) == first


def test_what_nobody_has_paid_can_be_called_off(collector):
    payment = collector.hesitates(collector.owes())
    void(by=collector.payer, payment_id=payment.pk)

    assert collector.seen(payment).state in ("cancelled", "expired")
    assert ledger() == {}


def test_only_what_the_offer_says_can_be_given_back(collector):
    payment = collector.pays(collector.owes())
    back = refund(
        by=collector.office[0],
        payment_id=payment.pk,
        amount=payment.amount,
        tip=mxn(0),
        reason="goodwill",
        key="r",
    )
    collector.seen(payment)
    back.refresh_from_db()

    expected = "succeeded" if caps_of(collector.name).refundable else "failed"
    assert back.state == expected
    owed = ledger().get("refund_payable", 0)
    assert owed == (0 if expected == "succeeded" else -payment.amount.minor)


def test_cards_are_kept_and_charged_later_only_where_the_offer_says(collector):
    kept = isinstance(provider_of(collector.name), KeepsCards)
    assert kept == caps_of(collector.name).off_session
    if not kept:
        return
    card = collector.leaves_card()
    assert (card.state, ledger()) == ("captured", {})
    assert all((card.customer_ref, card.method_ref))
    assert "····" in card.method

    payment = collector.charged_later(card)

    assert (payment.state, payment.page_ref) == ("captured", "")
    assert ledger()["customer_deposit"] == -collector.blocks.service.minor


def test_a_payment_waits_for_capture_only_where_the_offer_says(collector):
    if caps_of(collector.name).manual_capture:
        payment = collector.owes("manual")
        assert payment.state in ("created", "requires_action", "authorised")
        return
    with pytest.raises(SaidNo):
        provider_of(collector.name).capture(intent_ref="x", amount=mxn(1), key="k")


def test_a_payee_becomes_active_with_a_destination_and_its_print(rail):
    rail.onboards()

    payee = Payee.objects.get(member_id=member_id(rail.worker))
    assert (payee.provider, payee.state) == (rail.name, "active")
    assert "····" in payee.destination
    assert len(payee.instrument) == 32


def test_an_account_asked_for_twice_with_one_key_is_one(rail):
    order = PayeeOrder(
        payee_id=member_id(rail.worker),
        country="MX",
        currency="MXN",
        email="a@example.com",
        business="Patitas",
    )
    provider = provider_of(rail.name)

    assert provider.open_account(order, "k") == provider.open_account(order, "k")


def test_rails_are_named_in_words_and_pay_from_a_known_account(rail):
    found = provider_of(rail.name).rails("MX")

    assert found.free in RAILS
    assert found.fast is None or found.fast in RAILS
    assert found.allocates_at in ("release", "cashout", "never")
    assert found.pays_from == ("bank" if found.allocates_at == "never" else "psp_connected")


@pytest.fixture
def gone(rail):
    """The worker has asked for 300, and it is on its way."""
    rail.onboards()
    payment = owes(rail.payer, blocks=rail.job)
    if rail.sandbox:
        done(rail.sandbox.pays(rail.payer, payment), rail.worker, blocks=rail.job)
    else:
        done(reported(payment), rail.worker, blocks=rail.job)
    with rail.later():
        payout = cash_out(by=rail.worker, amount=mxn(30_000), option="free", key="k")
        rail.leaves(payout)
        payout.refresh_from_db()
        yield payout


def test_a_cash_out_arrives_and_leaves_the_account_that_its_rail_names(rail, gone):
    assert (gone.state, bool(gone.provider_ref)) == ("submitted", True)
    assert ledger()["worker_in_transit"] == -30_000
    account = rails_of(gone.payee).pays_from
    before = ledger()[account]

    rail.arrives(gone)

    gone.refresh_from_db()
    assert gone.state in ("paid", "final")
    assert "worker_in_transit" not in ledger()
    assert ledger()[account] == before - 30_000


def test_a_cash_out_that_the_bank_refuses_is_whole_in_the_wallet_again(rail, gone):
    rail.bounces(gone)
    outbox.drain()

    gone.refresh_from_db()
    assert (gone.state, gone.failure) == ("failed", "account_closed")
    assert wallet_of(rail.worker).available == mxn(50_000)
    assert "worker_in_transit" not in ledger()


@pytest.mark.parametrize("name", names())
def test_a_role_that_is_not_played_is_refused_definitely(name):
    provider, roles = provider_of(name), offer_of(name).roles
    questions = {
        COLLECTOR: lambda: provider.fetch_refund("x"),
        PAYEES: lambda: provider.fetch_payee("x"),
        RAIL: lambda: provider.rails("MX"),
    }
    for role in set(ROLES) - set(roles):
        with pytest.raises(SaidNo, match="not_offered"):
            questions[role]()


@pytest.mark.parametrize("name", names())
def test_nobody_is_believed_without_a_signature(name):
    with pytest.raises(BadSignature):
        provider_of(name).verify(body=b"{}", headers={}, endpoint="platform", at=clock.now())


@pytest.mark.parametrize(
    ("role", "country", "by_hand", "chosen"),
    [
        (COLLECTOR, "MX", False, "stripe"),
        (COLLECTOR, "CL", False, "stripe"),
        (PAYEES, "BR", False, "stripe"),
        (RAIL, "BR", False, "stripe"),
        (PAYEES, "CL", False, "manual_bank"),
        (RAIL, "AR", False, "manual_bank"),
        (RAIL, "MX", True, "manual_bank"),
        (COLLECTOR, "MX", True, "manual_transfer"),
    ],
)
def test_a_company_serves_where_it_is_and_people_do_the_rest(
    settings, role, country, by_hand, chosen
):
    settings.PAYMENTS_PROVIDER = "stripe"
    assert provider_in(role, country=country, by_hand=by_hand) == chosen


def test_the_first_preferred_company_that_serves_is_taken():
    assert choose(RAIL, country="CL", preferred=("stripe", "fake"), by_hand=False) == "fake"
    with pytest.raises(NobodyServes):
        choose("astrologer", country="CL", preferred=("stripe",), by_hand=False)
